// Canonical messages as Cohere's. What an assistant says before it calls tools is its plan: `tool_plan`. One plain text is
// the content itself, without a block around it.
import type { Extra, Message, Part, ToolCall } from "../../../contract.ts";
import { definedOnly, isObject } from "../../fields.ts";
import { isOurs, writeCitation } from "../citations.ts";
import { NO_WORD, writePart, type Writing } from "./content-out.ts";

export function writeMessages(messages: readonly Message[], writing: Writing): Extra[] {
  return messages.flatMap((message, index) => writeMessage(message, `messages.${index}`, writing));
}

function writeMessage(message: Message, path: string, writing: Writing): Extra[] {
  const { role, name, is_error: isError, extra } = message;
  if (name !== undefined) writing.drop(`${path}.name`, NO_WORD);
  if (isError) writing.drop(`${path}.is_error`, "Cohere is told of a failure by the result's words alone");
  if (!writing.isOwn) for (const key of Object.keys(extra ?? {})) writing.drop(`${path}.${key}`, NO_WORD);
  const own = writing.isOwn ? (extra ?? {}) : {};
  if (role === "assistant") return writeAnswer(message, path, { writing, own });
  const blocks = writeParts(message.parts, { path, role }, writing);
  // Whose message had nothing that could be carried over says nothing; a tool has always answered.
  if (blocks.length === 0 && !writing.isOwn && role !== "tool") return [];
  return [
    definedOnly<Extra>({
      role: role === "developer" ? "system" : role,
      tool_call_id: message.tool_call_id,
      content: plain(blocks),
      ...own,
    }),
  ];
}

function writeAnswer(
  { parts, tool_calls: calls = [] }: Message,
  path: string,
  { writing, own }: { writing: Writing; own: Extra },
): Extra[] {
  const isPlan = (part: Part): boolean => isPlanText(part, calls.length > 0);
  const plan = parts.flatMap((part) => (part.type === "text" && isPlan(part) ? [part.text] : [])).join("");
  const blocks = writeParts(parts, { path, role: "assistant", isLeftOut: isPlan }, writing);
  if (plan === "" && blocks.length === 0 && calls.length === 0 && !writing.isOwn) return [];
  const { citations: homeless, ...more } = own;
  const citations = writing.isOwn ? [...citationsOf(parts), ...(Array.isArray(homeless) ? homeless : [])] : [];
  return [
    definedOnly<Extra>({
      role: "assistant",
      tool_plan: plan === "" ? undefined : plan,
      content: blocks.length > 0 ? plain(blocks) : undefined,
      tool_calls:
        calls.length > 0
          ? calls.map((call, index) => writeCall(call, `${path}.tool_calls.${index}`, writing))
          : undefined,
      citations: citations.length > 0 ? citations : undefined,
      ...more,
    }),
  ];
}

/** Text beside calls is the plan for them, unless its caller said that it is content. */
function isPlanText(part: Part, hasCalls: boolean): boolean {
  if (part.type !== "text") return false;
  const type = part.extra?.["type"];
  return type === "tool_plan" || (hasCalls && type !== "text" && type !== "document");
}

function writeParts(
  parts: readonly Part[],
  { path, role, isLeftOut }: { path: string; role: string; isLeftOut?: (part: Part) => boolean },
  writing: Writing,
): Extra[] {
  return parts.flatMap((part, index) => {
    const blocks = writePart(part, { path: `${path}.parts.${index}`, role }, writing);
    // What is said elsewhere is looked at all the same, for what of it does not carry.
    return isLeftOut?.(part) ? [] : blocks;
  });
}

function citationsOf(parts: readonly Part[]): Extra[] {
  return parts.flatMap((part) =>
    part.type === "text"
      ? (part.citations ?? []).filter(isOurs).map((each) => writeCitation(each, { start: 0, end: 0, text: "" }))
      : [],
  );
}

function plain(blocks: Extra[]): string | Extra[] {
  const [only, ...others] = blocks;
  if (only === undefined) return "";
  const { type, text, ...more } = only;
  const isPlain = others.length === 0 && type === "text" && Object.keys(more).length === 0;
  return isPlain && typeof text === "string" ? text : blocks;
}

function writeCall({ id, name, arguments: text, extra }: ToolCall, path: string, { isOwn, drop }: Writing): Extra {
  if (!isOwn) for (const key of Object.keys(extra ?? {})) drop(`${path}.${key}`, NO_WORD);
  const { function: inner, ...more } = (isOwn ? extra : undefined) ?? {};
  // A call without arguments is of an empty object.
  const said = { name, arguments: text === "" && !isOwn ? "{}" : text };
  return { id, type: "function", function: { ...said, ...(isObject(inner) && inner) }, ...more };
}
