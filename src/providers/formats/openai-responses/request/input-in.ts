// A caller's `input` as canonical messages. It is a flat list of items: what the assistant said, thought and called in a row
// is one message. Where its items began is remembered in `extra.item`, with whatever they say of themselves: id, status.
import type { Extra, Message, Part, ToolCall } from "../../../contract.ts";
import { type Fields, missing, openFields, wrongType } from "../../fields.ts";
import { isCallersItem, isItemAlone, partFromItem } from "../items.ts";
import { readContent, readReasoning, withExtra } from "./part-in.ts";

const ROLES = ["user", "assistant", "system", "developer"] as const;

/** What the assistant said in a row, in its order. */
type Said = { part: Part } | { call: ToolCall };

/** Throws `providers.bad_request`. Undefined where there is no input. */
export function readInput(fields: Fields): Message[] | undefined {
  const input = fields.any("input");
  if (input === undefined) return undefined;
  if (typeof input === "string") return [{ role: "user", parts: [{ type: "text", text: input }] }];
  if (!Array.isArray(input)) throw wrongType("input", "a string or an array of items", input);
  const messages: Message[] = [];
  let run: Said[] = [];
  const endRun = (): void => {
    if (run.length > 0) messages.push(messageOf(run));
    run = [];
  };
  for (const [index, value] of input.entries()) {
    const said = readItem(value, `input.${index}`);
    if ("role" in said) {
      endRun();
      messages.push(said);
    } else run.push(...continued(run, said));
  }
  endRun();
  return messages;
}

function readItem(value: unknown, path: string): Message | Said[] {
  const item = openFields(value, path, "an item such as {role: 'user', content: '…'}");
  const type = item.text("type") ?? (item.peek("role") === "undefined" ? undefined : "message");
  switch (type) {
    case undefined:
      throw missing(item.at("type"), "`message`, `function_call`, `function_call_output` or another kind of item");
    case "message":
      return readMessage(item, value as Extra);
    case "reasoning":
      return [{ part: readReasoning(item) }];
    case "function_call":
    case "custom_tool_call":
      return [{ call: readCall(item, type) }];
    case "function_call_output":
    case "custom_tool_call_output":
      return readOutput(item, type);
    default:
      return isCallersItem(type)
        ? { role: "user", parts: [partFromItem(value as Extra)] }
        : [{ part: partFromItem(value as Extra) }];
  }
}

function readMessage(item: Fields, value: Extra): Message | Said[] {
  const role = ROLES.find((each) => each === item.any("role"));
  if (role === undefined) throw wrongType(item.at("role"), `one of ${ROLES.join(", ")}`, item.any("role"));
  const parts = readContent(item, "content");
  if (parts === undefined) throw missing(item.at("content"), "a string or an array of parts");
  const rest = item.rest();
  if (role !== "assistant") return withExtra<Message>({ role, parts }, rest && { item: rest });
  const [first, ...others] = parts;
  if (first === undefined) return [{ part: { type: "other", extra: { item: value } } }];
  return [first, ...others].map((part, index) => ({ part: index === 0 && rest ? withItem(part, rest) : part }));
}

function withItem(part: Part, item: Extra): Part {
  return { ...part, extra: { ...part.extra, item } };
}

/** Where one message follows another, the second says that it begins. */
function continued(run: readonly Said[], said: Said[]): Said[] {
  const [before, [first, ...others]] = [run.at(-1), said];
  if (!before || !first || !("part" in before) || !("part" in first)) return said;
  const isContent = (part: Part): boolean => !isItemAlone(part);
  if (!isContent(before.part) || !isContent(first.part) || first.part.extra?.["item"]) return said;
  return [{ part: withItem(first.part, {}) }, ...others];
}

function readCall(item: Fields, type: string): ToolCall {
  const isCustom = type === "custom_tool_call";
  const [id, name, text] = [item.needed("call_id"), item.needed("name"), item.needed(isCustom ? "input" : "arguments")];
  const said = { ...(isCustom && { type }), ...item.rest() };
  return withExtra<ToolCall>({ id, name, arguments: text }, Object.keys(said).length > 0 ? { item: said } : undefined);
}

function readOutput(item: Fields, type: string): Message {
  const callId = item.needed("call_id");
  const parts = readContent(item, "output");
  if (parts === undefined) throw missing(item.at("output"), "what the tool gave: a string or an array of parts");
  const said = { ...(type !== "function_call_output" && { type }), ...item.rest() };
  return withExtra<Message>(
    { role: "tool", tool_call_id: callId, parts },
    Object.keys(said).length > 0 ? { item: said } : undefined,
  );
}

/** Calls leave the parts; where something follows them, `index` remembers where they stood. */
function messageOf(run: Said[]): Message {
  const parts = run.flatMap((said) => ("part" in said ? [said.part] : []));
  if (parts.length === run.length) return { role: "assistant", parts };
  const isUsual = run.slice(parts.length).every((said) => "call" in said);
  const calls = run.flatMap((said, index) => {
    if (!("call" in said)) return [];
    return [isUsual ? said.call : { ...said.call, extra: { ...said.call.extra, index } }];
  });
  return { role: "assistant", parts, tool_calls: calls };
}
