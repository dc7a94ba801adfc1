// One turn of a caller's conversation as canonical messages. A user's turn may hold results of tools among other things:
// each becomes a message of its own, in the turn's order. Tool calls leave the parts; where something follows them in the
// turn, `index` remembers where they stood.
import type { Message, Part, ToolCall } from "../../../contract.ts";
import { definedOnly, type Fields, isObject, missing, openFields, wrongType } from "../../fields.ts";
import { readBlock } from "./block-in.ts";
import { readCacheMark, writeCacheMark } from "./cache-marks.ts";

const ROLES = ["user", "assistant", "system"] as const;

/** Throws `providers.bad_request`. `path` is where the turn stands, such as `messages.0`. */
export function readTurn(value: unknown, path: string): Message[] {
  const fields = openFields(value, path, "an object with role and content");
  const role = ROLES.find((each) => each === fields.any("role"));
  if (role === undefined) throw wrongType(fields.at("role"), `one of ${ROLES.join(", ")}`, fields.any("role"));
  const blocks = readBlockList(fields, "content");
  if (blocks === undefined) throw missing(fields.at("content"), "a string or an array of content blocks");
  const at = (index: number): string => fields.at(`content.${index}`);
  const messages = role === "assistant" ? [readAnswer(blocks, at)] : readAsked(role, blocks, at);
  const extra = fields.rest();
  const [first, ...others] = messages;
  return extra && first ? [{ ...first, extra: { ...first.extra, ...extra } }, ...others] : messages;
}

/** A string, or blocks, unread. */
function readBlockList(fields: Fields, key: string): unknown[] | undefined {
  const content = fields.any(key);
  if (typeof content === "string") return [{ type: "text", text: content }];
  if (content === undefined || Array.isArray(content)) return content;
  throw wrongType(fields.at(key), "a string or an array of content blocks", content);
}

/** The system prompt; undefined when there is none. */
export function readSystem(fields: Fields): Message | undefined {
  const blocks = readBlockList(fields, "system");
  const parts = blocks?.map((block, index) => readBlock(block, fields.at(`system.${index}`)));
  const isSilent = parts?.every((part) => part.type === "text" && part.text === "") ?? true;
  return parts === undefined || isSilent ? undefined : { role: "system", parts };
}

type At = (index: number) => string;

function readAsked(role: "user" | "system", blocks: unknown[], at: At): Message[] {
  const messages: Message[] = [];
  let parts: Part[] = [];
  for (const [index, block] of blocks.entries()) {
    if (isObject(block) && block["type"] === "tool_result") {
      if (parts.length > 0) messages.push({ role, parts });
      parts = [];
      messages.push(readToolResult(block, at(index)));
    } else parts.push(readBlock(block, at(index)));
  }
  if (parts.length > 0 || messages.length === 0) messages.push({ role, parts });
  return messages;
}

function readToolResult(value: unknown, path: string): Message {
  const block = openFields(value, path, "a tool result");
  block.text("type");
  const callId = block.needed("tool_use_id");
  const isError = block.flag("is_error");
  const contents = readBlockList(block, "content") ?? [];
  const parts = contents.map((each, index) => readBlock(each, block.at(`content.${index}`)));
  const mark = readCacheMark(block);
  const last = parts.at(-1);
  // The mark means: keep all up to here. The end of the last part is the same place.
  const canMark = mark.cache && (last?.type === "text" || last?.type === "image" || last?.type === "file");
  if (canMark && mark.cache) last.cache = mark.cache;
  const unsaid = mark.cache && !canMark ? writeCacheMark(mark.cache) : mark.extra;
  const extra = { ...block.rest(), ...unsaid };
  return definedOnly<Message>({
    role: "tool",
    tool_call_id: callId,
    is_error: isError,
    parts,
    extra: Object.keys(extra).length > 0 ? extra : undefined,
  });
}

function readAnswer(blocks: unknown[], at: At): Message {
  const parts: Part[] = [];
  const calls: { call: ToolCall; index: number }[] = [];
  for (const [index, block] of blocks.entries()) {
    if (isObject(block) && block["type"] === "tool_use") calls.push({ call: readToolUse(block, at(index)), index });
    else parts.push(readBlock(block, at(index)));
  }
  if (calls.length === 0) return { role: "assistant", parts };
  const isUsual = calls[0]?.index === parts.length;
  const toolCalls = calls.map(({ call, index }) => (isUsual ? call : { ...call, extra: { ...call.extra, index } }));
  return { role: "assistant", parts, tool_calls: toolCalls };
}

function readToolUse(value: unknown, path: string): ToolCall {
  const block = openFields(value, path, "a tool call");
  block.text("type");
  const [id, name] = [block.needed("id"), block.needed("name")];
  const call = { id, name, arguments: JSON.stringify(block.object("input") ?? {}) };
  return definedOnly<ToolCall>({ ...call, extra: block.rest() });
}
