// The points of metrics in protobuf. The four kinds say the same things under different numbers.
import type { Reader } from "protobufjs/minimal";
import { noteCut, numberInWords } from "../../taking.ts";
import type { WireMetricPoint } from "../../wire-span.ts";
import {
  enter,
  leave,
  openReader,
  passBytes,
  passField,
  readFixed64,
  readHex,
  readNanos,
  readSignedFixed64,
} from "../frame.ts";
import { createAttributeTaker, type ProtobufTaking } from "../values.ts";
import { emptyPoint } from "../../empty-point.ts";

type Exemplar = WireMetricPoint["exemplars"][number];
type Field = (tag: number, point: WireMetricPoint) => boolean;

const EXEMPLARS_MAX = 20;
const BUCKETS_MAX = 2000;

export function readNumberPoint(reader: Reader, taking: ProtobufTaking): WireMetricPoint {
  return readPoint(reader, taking, {
    attributes: 58,
    exemplars: 42,
    other(tag, point) {
      if (tag === 33) point.value = numberInWords(reader.double());
      else if (tag === 49) point.value = readSignedFixed64(reader);
      else return false;
      return true;
    },
  });
}

export function readHistogramPoint(reader: Reader, taking: ProtobufTaking): WireMetricPoint {
  const buckets: NonNullable<WireMetricPoint["buckets"]> = { bounds: [], counts: [] };
  const point = readPoint(reader, taking, {
    attributes: 74,
    exemplars: 66,
    other(tag, found) {
      if (tag === 50) buckets.counts = readPacked(reader, taking, readFixed64);
      else if (tag === 58) buckets.bounds = readPacked(reader, taking, (packed) => packed.double()).map(numberInWords);
      else return readTotal(reader, tag, { point: found, min: 89, max: 97 });
      return true;
    },
  });
  if (buckets.counts.length > 0) point.buckets = buckets;
  return counted(point);
}

export function readExponentialPoint(reader: Reader, taking: ProtobufTaking): WireMetricPoint {
  const exponential: NonNullable<WireMetricPoint["exponential"]> = {
    scale: 0,
    zeroCount: 0,
    positive: { offset: 0, counts: [] },
    negative: { offset: 0, counts: [] },
  };
  const point = readPoint(reader, taking, {
    attributes: 10,
    exemplars: 90,
    other(tag, found) {
      if (tag === 48) exponential.scale = reader.sint32();
      else if (tag === 57) exponential.zeroCount = readFixed64(reader);
      else if (tag === 66) exponential.positive = readExponentialBuckets(reader, taking);
      else if (tag === 74) exponential.negative = readExponentialBuckets(reader, taking);
      else return readTotal(reader, tag, { point: found, min: 97, max: 105 });
      return true;
    },
  });
  return counted({ ...point, exponential });
}

export function readSummaryPoint(reader: Reader, taking: ProtobufTaking): WireMetricPoint {
  const quantiles: NonNullable<WireMetricPoint["quantiles"]> = [];
  const point = readPoint(reader, taking, {
    attributes: 58,
    exemplars: 0,
    other(tag, found) {
      if (tag !== 50) return readTotal(reader, tag, { point: found, min: 0, max: 0 });
      if (quantiles.length < EXEMPLARS_MAX) quantiles.push(readQuantile(reader));
      else passBytes(reader);
      return true;
    },
  });
  return counted({ ...point, quantiles });
}

/** What all kinds have: times under 2 and 3, attributes and exemplars under numbers of their own. */
function readPoint(
  reader: Reader,
  taking: ProtobufTaking,
  { attributes, exemplars, other }: { attributes: number; exemplars: number; other: Field },
): WireMetricPoint {
  const taker = createAttributeTaker(taking, "attributes");
  const point = emptyPoint(taker.attributes);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === attributes) taker.take(reader);
    else if (tag === 17) point.startedAtMs = readNanos(reader) || null;
    else if (tag === 25) point.atMs = readNanos(reader);
    else if (tag === exemplars) takeExemplar(reader, point, taking);
    else if (!other(tag, point)) passField(reader, tag);
  }
  return point;
}

/** Protobuf leaves out what is zero. */
function counted(point: WireMetricPoint): WireMetricPoint {
  point.count ??= 0;
  return point;
}

/** Count and sum stand under 4 and 5 in all that have them; zero stands for a field that is not there. */
function readTotal(
  reader: Reader,
  tag: number,
  { point, min, max }: { point: WireMetricPoint; min: number; max: number },
): boolean {
  if (tag === 33) point.count = readFixed64(reader);
  else if (tag === 41) point.sum = numberInWords(reader.double());
  else if (tag === min) point.min = numberInWords(reader.double());
  else if (tag === max) point.max = numberInWords(reader.double());
  else return false;
  return true;
}

function readPacked(reader: Reader, taking: ProtobufTaking, read: (packed: Reader) => number): number[] {
  const packed = openReader(passBytes(reader));
  const numbers: number[] = [];
  while (packed.pos < packed.len && numbers.length < BUCKETS_MAX) numbers.push(read(packed));
  if (packed.pos < packed.len) noteCut(taking, "buckets");
  return numbers;
}

function readExponentialBuckets(reader: Reader, taking: ProtobufTaking): { offset: number; counts: number[] } {
  const outer = enter(reader);
  const buckets = { offset: 0, counts: [] as number[] };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === 8) buckets.offset = reader.sint32();
    else if (tag === 18) buckets.counts = readPacked(reader, taking, (packed) => Number(String(packed.uint64())));
    else passField(reader, tag);
  }
  leave(reader, outer);
  return buckets;
}

function readQuantile(reader: Reader): { quantile: number; value: number | string } {
  const outer = enter(reader);
  const found = { quantile: 0, value: 0 as number | string };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === 9) found.quantile = reader.double();
    else if (tag === 17) found.value = numberInWords(reader.double());
    else passField(reader, tag);
  }
  leave(reader, outer);
  return found;
}

function takeExemplar(reader: Reader, point: WireMetricPoint, taking: ProtobufTaking): void {
  if (point.exemplars.length < EXEMPLARS_MAX) point.exemplars.push(readExemplar(reader));
  else {
    noteCut(taking, "exemplars");
    passBytes(reader);
  }
}

/** Without the attributes that were left out of the point: the trace says more. */
function readExemplar(reader: Reader): Exemplar {
  const outer = enter(reader);
  const exemplar: Exemplar = { atMs: 0, value: null, traceId: null, spanId: null };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === 17) exemplar.atMs = readNanos(reader);
    else if (tag === 25) exemplar.value = numberInWords(reader.double());
    else if (tag === 49) exemplar.value = readSignedFixed64(reader);
    else if (tag === 34) exemplar.spanId = readHex(reader, 8) || null;
    else if (tag === 42) exemplar.traceId = readHex(reader, 16) || null;
    else passField(reader, tag);
  }
  leave(reader, outer);
  return exemplar;
}
