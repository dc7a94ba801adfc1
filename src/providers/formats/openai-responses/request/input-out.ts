// Canonical messages as `instructions` and a flat list of items: an assistant's message is as many as it said, thought and
// called things.
import type { ChatRequest, Extra, Message, Part, ToolCall } from "../../../contract.ts";
import { isObject } from "../../fields.ts";
import { isItemAlone } from "../items.ts";
import { BETWEEN_PIECES } from "./part-in.ts";
import { NO_WORD, writeAlone, writeContent, type Writing } from "./part-out.ts";

export interface WrittenInput {
  instructions?: string;
  input?: Extra[];
}

export function writeInput(request: ChatRequest, writing: Writing): WrittenInput {
  const instructions = instructionsOf(request, writing);
  const items: Extra[] = [];
  for (const [index, message] of request.messages.entries()) {
    if (index === 0 && instructions !== undefined) continue;
    items.push(...writeMessage(message, `messages.${index}`, writing));
  }
  return { ...(instructions !== undefined && { instructions }), ...(items.length > 0 && { input: items }) };
}

/** The system's first message, where it is only text. For answers in JSON the word must stand in the input itself. */
function instructionsOf(
  { messages, response_format: format, extra }: ChatRequest,
  writing: Writing,
): string | undefined {
  const [first] = messages;
  const isStored = extra?.["previous_response_id"] !== undefined || extra?.["conversation"] !== undefined;
  if (first?.role !== "system" || first.extra || (format?.type === "json" && !isStored)) return undefined;
  // There is no answer to nothing: instructions alone are the input.
  if (messages.length === 1 && !writing.isOwn) return undefined;
  const texts = first.parts.flatMap((part) => (part.type === "text" && !part.extra ? [part.text] : []));
  const isWhole = texts.length === first.parts.length && (texts.length === 1 || !writing.isOwn);
  return isWhole ? texts.join(BETWEEN_PIECES) : undefined;
}

function writeMessage(message: Message, path: string, writing: Writing): Extra[] {
  if (message.name !== undefined) writing.drop(`${path}.name`, NO_WORD);
  const { item, ...extra } = message.extra ?? {};
  if (!writing.isOwn) for (const name of Object.keys(extra)) writing.drop(`${path}.${name}`, NO_WORD);
  const own = writing.isOwn && isObject(item) ? item : {};
  if (message.role === "tool") return [writeOutput(message, { path, own }, writing)];
  if (message.role === "assistant") return writeAnswer(message, path, writing);
  const [first] = message.parts;
  if (first && isItemAlone(first))
    return message.parts.flatMap((part, index) => writeAlone(part, `${path}.parts.${index}`, writing));
  const content = contentOf(message, path, writing);
  // Who had nothing to say that could be carried over says nothing; our own callers may mean it.
  if (content.length === 0 && !writing.isOwn) return [];
  return [{ type: "message", role: message.role, content: plainly(content), ...own }];
}

function contentOf({ parts }: Message, path: string, writing: Writing): Extra[] {
  return parts.flatMap((part, index) =>
    writeContent(part, { path: `${path}.parts.${index}`, text: "input_text" }, writing),
  );
}

/** A text alone goes as a string: not every vendor takes an array in every place. */
function plainly(content: Extra[]): string | Extra[] {
  const [only, ...others] = content;
  if (only === undefined || others.length > 0) return content;
  const { type: _, text, annotations = [], ...more } = only;
  const isPlain = Object.keys(more).length === 0 && Array.isArray(annotations) && annotations.length === 0;
  return typeof text === "string" && isPlain ? text : content;
}

function writeOutput(message: Message, { path, own }: { path: string; own: Extra }, writing: Writing): Extra {
  if (message.is_error) writing.drop(`${path}.is_error`, NO_WORD);
  const content = contentOf(message, path, writing);
  const output = content.length === 0 && message.parts.length === 0 ? "" : plainly(content);
  return { type: "function_call_output", call_id: message.tool_call_id ?? "", output, ...own };
}

type Said = { part: Part; path: string } | { call: ToolCall; path: string };

function writeAnswer(message: Message, path: string, writing: Writing): Extra[] {
  const items: Extra[] = [];
  /** The message that goes on. */
  let open: { content: Extra[]; own: Extra } | undefined;
  const close = (): void => {
    if (open) items.push(messageFrom(open));
    open = undefined;
  };
  for (const said of inOrder(message, path, writing)) {
    if ("call" in said) {
      close();
      items.push(writeCall(said.call, said.path, writing));
    } else if (isItemAlone(said.part)) {
      close();
      items.push(...writeAlone(said.part, said.path, writing));
    } else {
      const own = writing.isOwn ? said.part.extra?.["item"] : undefined;
      if (isObject(own)) close();
      const content = writeContent(said.part, { path: said.path, text: "output_text" }, writing);
      if (content.length === 0) continue;
      open ??= { content: [], own: isObject(own) ? own : {} };
      open.content.push(...content);
    }
  }
  close();
  return items;
}

function messageFrom({ content, own }: { content: Extra[]; own: Extra }): Extra {
  const isPlain = Object.keys(own).length === 0;
  return { type: "message", role: "assistant", content: isPlain ? plainly(content) : content, ...own };
}

/** Calls come last, unless they are told to have stood elsewhere. */
function inOrder({ parts, tool_calls: calls = [] }: Message, path: string, writing: Writing): Said[] {
  const said: Said[] = parts.map((part, index) => ({ part, path: `${path}.parts.${index}` }));
  for (const [number, call] of calls.entries()) {
    const index = writing.isOwn ? call.extra?.["index"] : undefined;
    const place = typeof index === "number" ? index : said.length;
    said.splice(place, 0, { call, path: `${path}.tool_calls.${number}` });
  }
  return said;
}

function writeCall(call: ToolCall, path: string, writing: Writing): Extra {
  const { item, index: _, ...extra } = call.extra ?? {};
  if (!writing.isOwn) for (const name of Object.keys(extra)) writing.drop(`${path}.${name}`, NO_WORD);
  const own = writing.isOwn && isObject(item) ? item : {};
  const { id, name, arguments: text } = call;
  return own["type"] === "custom_tool_call"
    ? { call_id: id, name, input: text, ...own }
    : { type: "function_call", call_id: id, name, arguments: text, ...own };
}
