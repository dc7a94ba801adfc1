// What a caller got and what the record says, each in a few words, so that both can be read in a table and held against
// what was expected. Pure.
import type { CallRecord } from "../../src/ledger/contract.ts";

/** `200 whole`, `504 gateway.first_token_timeout`, `200 part, then error event providers.vendor_cut`. */
export function describeAnswer({ status, text, stream }: { status: number; text: string; stream: boolean }): string {
  if (status !== 200) return `${status} ${codeIn(text) ?? "without a code"}`;
  if (!stream) return isAnswer(text) ? "200 whole" : "200 without an answer";
  const events = text.split("\n\n").filter((event) => event.startsWith("data: "));
  const last = events.at(-1)?.slice("data: ".length) ?? "";
  if (last === "[DONE]") return "200 whole";
  const code = codeIn(last);
  return code === undefined ? "200 part, and no word of why" : `200 part, then error event ${code}`;
}

/** `ok after error, ok`; `failed after error: providers.vendor_cut`; `none` where there is no record. */
export function describeRecord(record: Pick<CallRecord, "outcome" | "attempts" | "error"> | undefined): string {
  if (!record) return "none";
  const attempts = record.attempts.map(({ outcome }) => outcome).join(", ");
  return `${record.outcome}${attempts === "" ? "" : ` after ${attempts}`}${record.error ? `: ${record.error.code}` : ""}`;
}

function codeIn(text: string): string | undefined {
  const code = (tryParse(text) as { error?: { code?: unknown } } | undefined)?.error?.code;
  return typeof code === "string" ? code : undefined;
}

function isAnswer(text: string): boolean {
  const { choices } = (tryParse(text) ?? {}) as { choices?: unknown };
  return Array.isArray(choices) && choices.length > 0;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
