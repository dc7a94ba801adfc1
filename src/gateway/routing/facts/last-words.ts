// What the user said last, as text; pictures and the like say nothing here.
import type { ChatRequest } from "../../../providers/contract.ts";

/** Both ends of it, where it is longer than `max` characters: a question stands before or after what it is about. */
export function lastWords({ messages }: Pick<ChatRequest, "messages">, max: number): string {
  const last = messages.findLast(({ role }) => role === "user");
  const text = last?.parts.map((part) => ("text" in part ? part.text : "")).join("\n") ?? "";
  return text.length <= max ? text : `${text.slice(0, max / 2)}\n${text.slice(-max / 2)}`;
}
