// The items that a conversation in this dialect is a list of, beside messages, reasoning and the caller's own functions: what
// ran at the vendor, what the caller is asked to run in the vendor's way, and what was compacted or is only referred to.
// Each is one canonical part, with the whole item in `extra.item`. There the types of other dialects' parts never stand.
import type { Extra, Part } from "../../contract.ts";
import { isObject, textOf } from "../fields.ts";

/** A run of a tool at the vendor: `web_search_call` is called `web_search`, an MCP server's tool by its own name; a picture is one. */
export function partFromItem(item: Extra): Part {
  const type = textOf(item["type"]);
  if (!type.endsWith("_call")) return { type: "other", extra: { item } };
  const { id, name, call_id: callId, action, queries, code, arguments: text, result, output_format: format } = item;
  if (type === "image_generation_call" && typeof result === "string" && result !== "")
    return { type: "image", url: `data:image/${textOf(format) || "png"};base64,${result}`, extra: { item } };
  const input =
    action ?? (queries === undefined ? undefined : { queries }) ?? (code === undefined ? undefined : { code });
  return {
    type: "server_tool_call",
    id: textOf(id) || textOf(callId),
    name: textOf(name) || type.slice(0, -"_call".length),
    input: input ?? text ?? {},
    extra: { item },
  };
}

/** The item in a part that was made of one. */
export function itemOf(part: Part): Extra | undefined {
  const { extra } = part;
  return isObject(extra?.["item"]) ? extra["item"] : undefined;
}

/** The part is no content of a message, but an item of its own. */
export function isItemAlone(part: Part): boolean {
  const isItem = typeof itemOf(part)?.["type"] === "string";
  return isItem || part.type === "reasoning" || part.type === "server_tool_call" || part.type === "server_tool_result";
}

/** Whether the caller gives it: what came of a tool that it ran, or its consent. All else is of the assistant. */
export function isCallersItem(type: string): boolean {
  return /_(output|response)$/.test(type);
}

/** What may stand in a message's content. */
export function isContentType(type: string): boolean {
  return /^(input|output)_|^(text|refusal|summary_text|reasoning_text|computer_screenshot)$/.test(type);
}

/** Begins a seal of another vendor; such seals are signatures, unless it is said that the whole reasoning is in it. */
const FOREIGN_SEAL = "bn1.";
const REDACTED = ".redacted";

/** What `encrypted_content` holds: sealed reasoning of OpenAI's own, or another vendor's as `writeSeal` put it there. */
export function readSeal(sealed: string): { signature: string } | { redacted: string } {
  if (!sealed.startsWith(FOREIGN_SEAL)) return { redacted: sealed };
  return sealed.endsWith(REDACTED) ? { redacted: sealed.slice(0, -REDACTED.length) } : { signature: sealed };
}

export function writeSeal({ signature, redacted }: { signature?: string; redacted?: string }): string | undefined {
  return redacted?.startsWith(FOREIGN_SEAL) ? redacted + REDACTED : (redacted ?? signature);
}
