// An answer that is kept: its bytes as the caller got them, and what the record of a call that gets it again says of it.
import type { Cached, CallRecord } from "../../ledger/index.ts";

/** Text of a whole answer; bytes of a stream, all of its events. */
export type KeptBody = string | Uint8Array;

/** What was answered, apart from the bytes. */
export interface AnswerFigures {
  /** The call that the answer was made for. */
  call_id: string;
  status: number;
  media_type: string;
  answer: NonNullable<CallRecord["answer"]>;
  /** What the vendor charged for it, and with which price table. */
  cost: CallRecord["cost"];
  tokens: { input: number; output: number };
  dropped: readonly { what: string; why: string }[];
}

export interface KeptAnswer {
  /** SHA-256, hex. */
  key: string;
  scope: string;
  /** The route or model that was asked, as it stands in the key. */
  model: string;
  storedAtMs: number;
  expiresAtMs: number;
  figures: AnswerFigures;
  body: KeptBody;
}

/** What the record of a call says that is given this again. */
export function cachedFrom({ call_id, cost, tokens }: AnswerFigures, from: Cached["from"], ageMs: number): Cached {
  return { from, call_id, age_ms: Math.round(ageMs), saved_usd_micros: cost.usd_micros, saved_tokens: tokens };
}

export function bodyBytes(body: KeptBody): number {
  return typeof body === "string" ? Buffer.byteLength(body) : body.length;
}

/** What an answer takes in memory beside its body, about. */
const BESIDE_BYTES = 1000;

export function sizeOf({ body }: KeptAnswer): number {
  return BESIDE_BYTES + bodyBytes(body);
}

/** The reasons with which vendors say that an answer came to its own end, in all dialects. */
const WHOLE_ENDS: ReadonlySet<string> = new Set([
  "stop",
  "tool_calls",
  "function_call",
  "end_turn",
  "stop_sequence",
  "tool_use",
  "completed",
  "COMPLETE",
  "STOP_SEQUENCE",
  "TOOL_CALL",
  "STOP",
]);

const REFUSALS = [
  '"refusal":"',
  '"refusal": "',
  '"type":"refusal"',
  '"type": "refusal"',
  '"promptFeedback":{"blockReason',
];

/** Whether an answer may be given again: it succeeded, came to its own end, and was no refusal. */
export function isWorthKeeping({ status, answer }: AnswerFigures, operation: string, body: KeptBody): boolean {
  if (status !== 200) return false;
  if (operation !== "chat") return true;
  if (answer.finish_reason === null || !WHOLE_ENDS.has(answer.finish_reason)) return false;
  const text = typeof body === "string" ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return !REFUSALS.some((refusal) => text.includes(refusal));
}
