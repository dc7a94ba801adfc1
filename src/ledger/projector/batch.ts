// Makes a run of frames ready for PostgreSQL: few large parameters, as the journal's own bytes wherever possible. Short bodies
// are hashed over there. Long ones are compressed here, and then hashed here too.
import { isSealed } from "../../kernel/index.ts";
import type { Frame } from "../journal/frame.ts";
import type { Pattern, PatternReader } from "../patterns/pattern-of.ts";
import { createParameters, type Parameters } from "./parameters.ts";
import { splitRecordLines } from "./lines/record-lines.ts";
import { findLinked, isOwnLine, type Linked } from "./linked.ts";
import { createPreviewCutter, type Previews } from "./previews/cut-previews.ts";
import { repack, type Repacked } from "./repack.ts";
import type { BodySealer } from "../sealing.ts";
import { type Look, lookAtRecord } from "./looking/look-at-record.ts";
import { type Noting, packNotes } from "./looking/notes.ts";

export interface Batch {
  parameters: BatchParameters;
  /** Minutes that the records began in, epoch milliseconds, in order. */
  minutesMs: readonly number[];
  /** What may change what is counted; undefined where the batch has only calls that stand alone. */
  linked: Linked | undefined;
  /** Of its requests, those that are not stored yet. */
  patterns: readonly Pattern[];
  /** The follower that its notes are for; empty where nobody wants any. */
  notedFor: string;
}

/**
 * The parameters of one write, each with one element a record: columns (text[]), requests, responses, the hashes of those that
 * are compressed (bytea[] each; null where there is none), the records (json[]), what lists show of the bodies, the ids of the
 * requests' patterns (text[] each).
 */
export type BatchParameters = Pick<Parameters, "count" | "bytes">;

interface Body {
  bytes: Uint8Array | null;
  hash: Uint8Array | null;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const NO_BODY: Body = { bytes: null, hash: null };
const NO_PREVIEWS: Previews = { request: null, response: null };
const COMPRESS_FROM_BYTES = 2048;
/** Longer ones are compressed on another thread: this one serves calls. */
const COMPRESS_APART_FROM_BYTES = 64 * 1024;
const COMPRESSION = { level: 1 };
/** Calls get their turn after this much of the journal. To look at a record takes as long as so much of it. */
const TURN_BYTES = 64 * 1024;
const LOOK_BYTES = 16 * 1024;

interface BatchMakerDeps {
  patterns: PatternReader;
  sealer?: BodySealer | undefined;
  /** Who wants to know what of each call now. */
  noting?: (() => Noting | undefined) | undefined;
  /** Of each body, the text of which words are kept; undefined for none. */
  wordsBytesMax?: number | undefined;
}

/**
 * Returns a function that makes batches, one after the other in the same memory: each is good until the next is made.
 * It throws SyntaxError when a record is no JSON.
 */
export function createBatchMaker({
  patterns,
  sealer,
  noting = () => undefined,
  wordsBytesMax,
}: BatchMakerDeps): (frames: readonly Frame[]) => Promise<Batch> {
  const parameters = createParameters();
  const cutter = createPreviewCutter();
  return async (frames) => {
    const requests: Body[] = [];
    const responses: Body[] = [];
    const previews: Previews[] = [];
    const patternIds: (Buffer | null)[] = [];
    const looks: Look[] = [];
    const lines = frames.map(({ json }) => splitRecordLines(json));
    const linked = findLinked(lines.map(({ columns }) => columns));
    const noted = noting();
    const looking = { wordsBytesMax, sealer };
    let bytesInTurn = 0;
    cutter.clear();
    await giveTurn();
    for (const [index, frame] of frames.entries()) {
      const line = lines[index]?.columns;
      const isOwn = isOwnLine(line);
      const parts =
        sealer && (isSealed(frame.request) || isSealed(frame.response))
          ? await unsealed(frame, line, sealer)
          : undefined;
      const shown = parts ? parts.shown : frame;
      previews.push(shown ? cutter.cut(shown, isOwn) : NO_PREVIEWS);
      requests.push(parts?.request ?? (await storedBody(frame.request)));
      responses.push(parts?.response ?? (await storedBody(frame.response)));
      const pattern = shown && patterns.read(shown.request);
      patternIds.push(pattern === undefined ? null : Buffer.from(pattern));
      const json = lines[index]?.record;
      looks.push(lookAtRecord({ ...looking, noting: isOwn ? noted : undefined, frame, json, said: parts?.said }));
      bytesInTurn += frame.bytes.length + LOOK_BYTES;
      if (bytesInTurn < TURN_BYTES) continue;
      bytesInTurn = 0;
      await giveTurn();
    }
    await giveTurn();
    putAll(parameters, { lines, requests, responses, previews, patternIds, looks });
    return {
      parameters,
      minutesMs: minutesOf(frames.map(({ startedAtMs }) => startedAtMs)),
      linked,
      patterns: patterns.met(),
      notedFor: noted?.name ?? "",
    };
  };
}

const giveTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Made {
  lines: readonly ReturnType<typeof splitRecordLines>[];
  requests: readonly Body[];
  responses: readonly Body[];
  previews: readonly Previews[];
  patternIds: readonly (Buffer | null)[];
  looks: readonly Look[];
}

function putAll(parameters: Parameters, { lines, requests, responses, previews, patternIds, looks }: Made): void {
  parameters.clear();
  parameters.putArray(
    "text",
    lines.map(({ columns }) => columns),
  );
  for (const part of ["bytes", "hash"] as const)
    for (const bodies of [requests, responses])
      parameters.putArray(
        "bytea",
        bodies.map((body) => body[part]),
      );
  parameters.putArray(
    "json",
    lines.map(({ record }) => record),
  );
  for (const side of ["request", "response"] as const)
    parameters.putArray(
      "text",
      previews.map((preview) => preview[side]),
    );
  parameters.putArray("text", patternIds);
  parameters.putArray(
    "text",
    looks.map(({ words }) => words),
  );
  parameters.putArray("bytea", [packNotes(looks.flatMap(({ note }) => note ?? []))]);
}

/** Of a frame whose bodies are sealed: what goes to PostgreSQL, and what of it may be shown in clear. */
async function unsealed(frame: Frame, line: Uint8Array | undefined, sealer: BodySealer) {
  const [request, response] = [
    await repack(frame, { sealer, line, side: "request" }),
    await repack(frame, { sealer, line, side: "response" }),
  ];
  const said = { request: request.plain, response: response.plain };
  return {
    request: sealedBody(request),
    response: sealedBody(response),
    said,
    shown: sealer.clearText === "none" ? undefined : said,
  };
}

/** The hash is of what was said, whatever it lies in. */
function sealedBody({ packed: bytes, plain }: Repacked): Body {
  return bytes ? { bytes, hash: hashBody(plain) } : NO_BODY;
}

const storedBody = (bytes: Uint8Array): Body | Promise<Body> => (isLong(bytes) ? compress(bytes) : bodyOf(bytes));

function isLong(bytes: Uint8Array): boolean {
  return bytes.length >= COMPRESS_FROM_BYTES;
}

function bodyOf(bytes: Uint8Array): Body {
  return bytes.length === 0 ? NO_BODY : { bytes, hash: null };
}

/** Where that makes it shorter. */
async function compress(bytes: Uint8Array): Promise<Body> {
  const isShort = bytes.length < COMPRESS_APART_FROM_BYTES;
  const compressed = isShort ? Bun.zstdCompressSync(bytes, COMPRESSION) : await Bun.zstdCompress(bytes, COMPRESSION);
  return compressed.length < bytes.length ? { bytes: compressed, hash: hashBody(bytes) } : bodyOf(bytes);
}

/** SHA-256 of a body as stored, uncompressed. PostgreSQL's `sha256` gives the same. */
export function hashBody(bytes: Uint8Array): Buffer {
  return Bun.CryptoHasher.hash("sha256", bytes);
}

/** The minutes of these times, each once, in order. */
export function minutesOf(timesMs: readonly number[]): number[] {
  const minutes = new Set(timesMs.map((timeMs) => Math.floor(timeMs / MINUTE_MS) * MINUTE_MS));
  return [...minutes].toSorted((a, b) => a - b);
}

/** The UTC day of a time, counted from the epoch. */
export function dayOf(epochMs: number): number {
  return Math.floor(epochMs / DAY_MS);
}
