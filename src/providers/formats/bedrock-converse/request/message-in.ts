// One turn of a caller's conversation as canonical messages. A user's turn may hold results of tools among other things: each
// becomes a message of its own, in the turn's order. Tool calls leave the parts; where something follows them in the turn,
// `index` remembers where they stood.
import type { Extra, Message, Part, ToolCall } from "../../../contract.ts";
import { definedOnly, type Fields, isObject, missing, openFields, wrongType } from "../../fields.ts";
import { readBlock } from "./block-in.ts";
import { markPart, readCachePoint } from "./cache-points.ts";

const ROLES = ["user", "assistant"] as const;

/** Throws `providers.bad_request`. `path` is where the turn stands, such as `messages.0`. */
export function readTurn(value: unknown, path: string): Message[] {
  const fields = openFields(value, path, "an object with role and content");
  const role = ROLES.find((each) => each === fields.any("role"));
  if (role === undefined) throw wrongType(fields.at("role"), `one of ${ROLES.join(", ")}`, fields.any("role"));
  const blocks = fields.list("content");
  if (blocks === undefined) throw missing(fields.at("content"), "an array of content blocks");
  const at = (index: number): string => fields.at(`content.${index}`);
  const messages = role === "assistant" ? [readAnswer(blocks, at)] : readAsked(blocks, at);
  const extra = fields.rest();
  const [first, ...others] = messages;
  return extra && first ? [{ ...first, extra: { ...first.extra, ...extra } }, ...others] : messages;
}

/** The system prompt; undefined when there is none. */
export function readSystem(fields: Fields): Message | undefined {
  const parts: Part[] = [];
  for (const [index, block] of (fields.list("system") ?? []).entries())
    readInto(parts, block, fields.at(`system.${index}`));
  return parts.length === 0 ? undefined : { role: "system", parts };
}

type At = (index: number) => string;

/** A block, or a mark on the one before it. */
function readInto(parts: Part[], block: unknown, path: string): void {
  const mark = readCachePoint(block);
  if (!mark || !markPart(parts.at(-1), mark)) parts.push(readBlock(block, path));
}

function readAsked(blocks: unknown[], at: At): Message[] {
  const messages: Message[] = [];
  for (const [index, block] of blocks.entries()) {
    const last = messages.at(-1);
    const mark = readCachePoint(block);
    if (isObject(block) && isObject(block["toolResult"])) messages.push(readToolResult(block["toolResult"], at(index)));
    else if (mark && last?.role === "tool" && markPart(last.parts.at(-1), mark)) continue;
    else if (last?.role === "user") readInto(last.parts, block, at(index));
    else messages.push({ role: "user", parts: [readBlock(block, at(index))] });
  }
  return messages.length > 0 ? messages : [{ role: "user", parts: [] }];
}

function readToolResult(said: Extra, path: string): Message {
  const result = openFields(said, `${path}.toolResult`, "a tool result");
  const callId = result.text("toolUseId");
  if (callId === undefined) throw missing(result.at("toolUseId"), "the id of the call");
  const status = result.text("status");
  const contents = result.list("content") ?? [];
  return definedOnly<Message>({
    role: "tool",
    tool_call_id: callId,
    is_error: status === undefined ? undefined : status === "error",
    parts: contents.map((each, index) => readResultBlock(each, result.at(`content.${index}`))),
    extra: result.rest(),
  });
}

/** JSON is text to others. */
function readResultBlock(value: unknown, path: string): Part {
  const isJson = isObject(value) && Object.keys(value).length === 1 && value["json"] !== undefined;
  if (!isJson) return readBlock(value, path);
  return { type: "text", text: JSON.stringify(value["json"]), extra: { json: value["json"] } };
}

function readAnswer(blocks: unknown[], at: At): Message {
  const parts: Part[] = [];
  const calls: { call: ToolCall; index: number }[] = [];
  for (const [index, block] of blocks.entries()) {
    const { toolUse, toolResult } = isObject(block) ? block : {};
    if (isObject(toolUse) && !isServerCall(toolUse)) calls.push({ call: readToolUse(toolUse, at(index)), index });
    else if (isObject(toolUse)) parts.push(readServerCall(toolUse));
    else if (isObject(toolResult)) parts.push(readServerResult(toolResult));
    else if (calls.length > 0) parts.push(readBlock(block, at(index)));
    else readInto(parts, block, at(index));
  }
  if (calls.length === 0) return { role: "assistant", parts };
  const isUsual = calls[0]?.index === blocks.length - calls.length;
  const toolCalls = calls.map(({ call, index }) => (isUsual ? call : { ...call, extra: { ...call.extra, index } }));
  return { role: "assistant", parts, tool_calls: toolCalls };
}

function readToolUse(said: Extra, path: string): ToolCall {
  const call = openFields(said, `${path}.toolUse`, "a tool call");
  const [id, name] = [call.text("toolUseId"), call.text("name")];
  if (id === undefined) throw missing(call.at("toolUseId"), "a string");
  if (name === undefined) throw missing(call.at("name"), "a string");
  return definedOnly<ToolCall>({ id, name, arguments: JSON.stringify(call.any("input") ?? {}), extra: call.rest() });
}

/** A tool that ran at the vendor. */
export function isServerCall({ type }: Extra): boolean {
  return type === "server_tool_use";
}

export function readServerCall({ toolUseId: id, name, input, ...extra }: Extra): Part {
  return { type: "server_tool_call", id: String(id), name: String(name), input: input ?? {}, extra };
}

/** Its tool is named only in its type: `nova_code_interpreter_result`. */
export function readServerResult({ toolUseId: id, content, ...extra }: Extra): Part {
  const name = typeof extra["type"] === "string" ? extra["type"].replace(/_result$/, "") : "";
  return { type: "server_tool_result", call_id: String(id), name, content, extra };
}
