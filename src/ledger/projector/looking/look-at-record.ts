// What is made of a record while it is in memory, besides what is stored of it: the words that it is found by, and of a call of ours
// the note that a follower wants. It is parsed once for both. To read all of it back later would cost several times as much.
import type { CallRecord, SpanRecord } from "../../contract.ts";
import type { Frame } from "../../journal/frame.ts";
import { wordsOfRecord } from "../../indexing/words-of-record.ts";
import type { BodySealer } from "../../sealing.ts";
import { type CallNote, noteOf, type Noting } from "./notes.ts";

export interface Look {
  note?: CallNote | undefined;
  /** As a `tsvector` is written; null where nobody looks for them now. */
  words: Uint8Array | null;
}

interface LookedAt {
  frame: Frame;
  /** As JSON, as PostgreSQL gets it. */
  json: Uint8Array | undefined;
  /** Its bodies as they were said, where they are sealed. */
  said: Pick<Frame, "request" | "response"> | undefined;
  /** Undefined for what is no call of ours, too. */
  noting: Noting | undefined;
  /** Of each body, the text of which words are kept; undefined for none. */
  wordsBytesMax: number | undefined;
  sealer: BodySealer | undefined;
}

const ID_LENGTH = 36;
const NO_WORDS = new Uint8Array();

export function lookAtRecord({ frame, json, said, noting, wordsBytesMax, sealer }: LookedAt): Look {
  if (!noting && wordsBytesMax === undefined) return { words: null };
  const record = json && readRecord(json);
  if (!record) return { words: wordsBytesMax === undefined ? null : NO_WORDS };
  const { request, response } = said ?? frame;
  const isShown = !said || sealer?.clearText === "previews_and_words";
  const bodies = isShown ? { request: orNull(request), response: orNull(response) } : undefined;
  return {
    note: noting && isCall(record) ? noteOf({ record, json, request, response }, noting.note) : undefined,
    words: wordsBytesMax === undefined ? null : Buffer.from(wordsIn(record, bodies, wordsBytesMax)),
  };
}

/** A record that is not as it should be has no words; it must not keep the others waiting. */
function wordsIn(record: CallRecord | SpanRecord, bodies: Parameters<typeof wordsOfRecord>[1], max: number): string {
  try {
    return wordsOfRecord(record, bodies, max);
  } catch {
    return "";
  }
}

/** It may be of another version, which nobody has checked. */
function readRecord(json: Uint8Array): CallRecord | SpanRecord | undefined {
  try {
    return JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.length).toString("utf8")) as
      | CallRecord
      | SpanRecord;
  } catch {
    // PostgreSQL will refuse it.
    return undefined;
  }
}

/** Of the version that this program writes; others are noted from what PostgreSQL has of them. */
function isCall(record: unknown): record is CallRecord {
  const { kind, schema, id } = Object(record) as Record<string, unknown>;
  return kind === "call" && schema === 1 && typeof id === "string" && id.length === ID_LENGTH;
}

const orNull = (bytes: Uint8Array): Uint8Array | null => (bytes.length === 0 ? null : bytes);
