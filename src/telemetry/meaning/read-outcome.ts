// Whether what a span stands for went well, and what went wrong: its status, an exception that it recorded, an error's type, or
// Langfuse's level.
import type { SpanRecord } from "../../ledger/contract.ts";
import type { WireSpan } from "../wire/wire-span.ts";
import { readText } from "./names/read-value.ts";
import type { Said } from "./names/said.ts";
import type { Labels } from "./read-who.ts";

export type Outcome = Pick<SpanRecord, "outcome" | "error">;

const fine: Outcome = { outcome: "ok", error: null };

export function readOutcome(said: Said, span: Pick<WireSpan, "status" | "events">, { bounded }: Labels): Outcome {
  const isError = said.get("langfuse.observation.level") === "ERROR";
  const code = said.take("error_code", readText);
  if (span.status.code !== "error" && code === undefined && !isError) return fine;
  const exception = span.events.findLast(({ name }) => name === "exception")?.attributes;
  const type = readText(exception?.["exception.type"] ?? null);
  const message =
    said.take("error_message", readText) ??
    (span.status.message === "" ? undefined : span.status.message) ??
    readText(exception?.["exception.message"] ?? null);
  return { outcome: "failed", error: { code: bounded(code ?? type) ?? "error", message: message ?? "" } };
}
