// A log in protobuf: logs.proto's LogRecord, by its field numbers.
import type { Reader } from "protobufjs/minimal";
import type { WireBounds } from "../taking.ts";
import type { WireLog } from "../wire-span.ts";
import { type KnownTexts, openReader, passField, readHex, readNanos } from "./frame.ts";
import { beginReading, createAttributeTaker, type ProtobufTaking, readAnyValue, readName } from "./values.ts";

/** A log before its times are settled, and before it has an id. */
export type UnsettledLog = Omit<WireLog, "id" | "atMs"> & { atMs: number; observedAtMs: number };

/** Throws where the bytes do not add up. */
export function readLogBytes(bytes: Buffer, bounds: WireBounds, known: KnownTexts): UnsettledLog {
  const reader = openReader(bytes);
  const taking = beginReading(bounds, known);
  const taker = createAttributeTaker(taking, "attributes");
  const log: UnsettledLog = {
    traceId: null,
    spanId: null,
    atMs: 0,
    observedAtMs: 0,
    severityNumber: 0,
    severityText: "",
    eventName: "",
    body: null,
    attributes: taker.attributes,
    cut: taking.cut,
  };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    // 6: attributes
    if (tag === 50) taker.take(reader);
    else readField(reader, tag, { log, taking });
  }
  return log;
}

function readField(reader: Reader, tag: number, { log, taking }: { log: UnsettledLog; taking: ProtobufTaking }): void {
  switch (tag) {
    case 9:
      log.atMs = readNanos(reader);
      break;
    case 16:
      log.severityNumber = reader.uint32();
      break;
    case 26:
      log.severityText = readName(reader, taking, "severity_text");
      break;
    case 42:
      taking.where = "body";
      taking.key = "";
      log.body = readAnyValue(reader, taking);
      break;
    case 74:
      log.traceId = readHex(reader, 16);
      break;
    case 82:
      log.spanId = readHex(reader, 8);
      break;
    case 89:
      log.observedAtMs = readNanos(reader);
      break;
    case 98:
      log.eventName = readName(reader, taking, "event_name");
      break;
    default:
      passField(reader, tag);
  }
}
