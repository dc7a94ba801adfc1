// Why an answer ended, both directions. Ollama says `stop` of answers with tool calls too, and nothing at all in old versions.
import type { ChatEvent, FinishReason } from "../../contract.ts";

const REASONS = new Map<string, FinishReason>([
  ["", "stop"],
  ["stop", "stop"],
  ["length", "length"],
]);

export function readDoneReason(raw: string, hasCalls: boolean): FinishReason {
  const reason = REASONS.get(raw) ?? "other";
  return reason === "stop" && hasCalls ? "tool_calls" : reason;
}

/** Said of an empty conversation, which only brings a model into memory or out of it. */
const OWN = new Set(["load", "unload"]);

/** What Ollama would have said. `isSaid` is false where it has no word for the reason. */
export function writeDoneReason(finish: Extract<ChatEvent, { type: "finish" }> | undefined): {
  word: string;
  isSaid: boolean;
} {
  const { reason = "stop", raw_reason: raw = "" } = finish ?? {};
  if (OWN.has(raw)) return { word: raw, isSaid: true };
  const isSaid = reason === "stop" || reason === "tool_calls" || reason === "length" || reason === "other";
  return { word: reason === "length" ? "length" : "stop", isSaid };
}
