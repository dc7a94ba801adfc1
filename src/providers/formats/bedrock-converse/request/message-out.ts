// Canonical messages as Converse's turns: a system prompt apart, and turns of the user and the assistant by turns. Messages that
// follow one another on one side become one turn, and results of tools are the user's.
import type { ChatRequest, Extra, Message, Part, ToolCall } from "../../../contract.ts";
import { inputOf } from "../../anthropic-messages/request/message-out.ts";
import { definedOnly } from "../../fields.ts";
import { NO_WORD, writePart, type Writing } from "./block-out.ts";
import { writeCachePoint } from "./cache-points.ts";

export interface WrittenMessages {
  system?: Extra[];
  messages: Extra[];
}

interface Turn {
  role: "user" | "assistant";
  content: Extra[];
  extra?: Extra;
}

export function writeMessages({ messages }: ChatRequest, writing: Writing): WrittenMessages {
  const system: Extra[] = [];
  const turns: Turn[] = [];
  for (const [index, message] of messages.entries()) {
    const path = `messages.${index}`;
    tellUnsaid(message, path, writing);
    if (message.role === "system" || message.role === "developer") {
      system.push(...writeSystem(message, path, writing));
      continue;
    }
    const turn = writeTurn(message, path, writing);
    // Whose turn had nothing that could be carried over says nothing; our own callers may mean an empty turn.
    const isSilent = turn.content.length === 0 && !(writing.isOwn && message.parts.length === 0);
    if (!isSilent) addTurn(turns, turn);
  }
  const kept = writing.isOwn ? turns : turns.map(resultsFirst);
  if (kept.length > 0 || system.length === 0)
    return {
      ...(system.length > 0 && { system }),
      messages: kept.map(({ extra, ...turn }) => ({ ...turn, ...extra })),
    };
  // There is no answer to nobody: instructions alone are given by the user.
  return { messages: [{ role: "user", content: system }] };
}

function tellUnsaid({ name, role, extra }: Message, path: string, writing: Writing): void {
  if (name !== undefined && role !== "tool") writing.drop(`${path}.name`, NO_WORD);
  if (!writing.isOwn) for (const key of Object.keys(extra ?? {})) writing.drop(`${path}.${key}`, NO_WORD);
}

function writeSystem(message: Message, path: string, writing: Writing): Extra[] {
  return message.parts.flatMap((part, index) => {
    const at = `${path}.parts.${index}`;
    if (part.type === "text" || writing.isOwn)
      return withCachePoint(writePart(part, at, writing), part, { at, writing });
    writing.drop(at, "instructions are text");
    return [];
  });
}

function writeTurn(message: Message, path: string, writing: Writing): Turn {
  if (message.role === "tool") return { role: "user", content: writeToolResult(message, path, writing) };
  const blocks = writeParts(message.parts, path, writing);
  const extra = writing.isOwn && message.extra ? { extra: message.extra } : {};
  if (message.role !== "assistant") return { role: "user", content: blocks, ...extra };
  for (const [index, call] of (message.tool_calls ?? []).entries())
    placeCall(blocks, { call, path: `${path}.tool_calls.${index}` }, writing);
  return { role: "assistant", content: blocks, ...extra };
}

function writeParts(parts: readonly Part[], path: string, writing: Writing): Extra[] {
  return parts.flatMap((part, index) => {
    const at = `${path}.parts.${index}`;
    return withCachePoint(writePart(part, at, writing), part, { at, writing });
  });
}

function withCachePoint(blocks: Extra[], part: Part, { at, writing }: { at: string; writing: Writing }): Extra[] {
  const mark = "cache" in part ? part.cache : undefined;
  if (mark === undefined || blocks.length === 0) return blocks;
  if (writing.isOwn) return [...blocks, writeCachePoint(mark)];
  if (!writing.canCache) writing.drop(`${at}.cache`, "this model keeps nothing");
  // Behind a document or a picture Bedrock refuses it; before it, it keeps all the rest.
  else if (blocks.some((block) => "document" in block || "image" in block)) return [writeCachePoint(mark), ...blocks];
  else return [...blocks, writeCachePoint(mark)];
  return blocks;
}

function addTurn(turns: Turn[], turn: Turn): void {
  const last = turns.at(-1);
  if (last?.role !== turn.role) {
    turns.push(turn);
    return;
  }
  last.content.push(...turn.content);
  if (turn.extra) last.extra = { ...last.extra, ...turn.extra };
}

/** Claude refuses anything before the results of the tools that it called; a cache point stays behind its result. */
function resultsFirst(turn: Turn): Turn {
  if (turn.role !== "user" || !turn.content.some((block) => "toolResult" in block)) return turn;
  const isFirst = (block: Extra, index: number): boolean =>
    "toolResult" in block || ("cachePoint" in block && "toolResult" in (turn.content[index - 1] ?? {}));
  const first = turn.content.filter(isFirst);
  return { ...turn, content: [...first, ...turn.content.filter((block) => !first.includes(block))] };
}

function writeToolResult(message: Message, path: string, writing: Writing): Extra[] {
  const { tool_call_id: id = "", is_error: isError, extra, parts } = message;
  // A cache point stands behind the result, not within it.
  const marked = parts.find((part) => "cache" in part && part.cache !== undefined);
  const mark = marked && "cache" in marked ? marked.cache : undefined;
  const content = parts.flatMap((part, index) => writePart(part, `${path}.parts.${index}`, writing));
  if (mark && !writing.isOwn && !writing.canCache) writing.drop(`${path}.cache`, "this model keeps nothing");
  const result = definedOnly<Extra>({
    toolUseId: idFor(id, writing),
    content,
    status: isError === undefined ? undefined : isError ? "error" : "success",
    ...(writing.isOwn && extra),
  });
  const isKept = mark && (writing.isOwn || writing.canCache);
  return [{ toolResult: result }, ...(isKept ? [writeCachePoint(mark)] : [])];
}

function placeCall(blocks: Extra[], { call, path }: { call: ToolCall; path: string }, writing: Writing): void {
  const { index, ...extra } = (writing.isOwn ? call.extra : undefined) ?? {};
  const input = writing.isOwn ? parse(call.arguments) : inputOf(call.arguments);
  if (input === undefined)
    writing.drop(`${path}.arguments`, "they are no JSON object; they go as text, under `arguments`");
  if (!writing.isOwn) for (const key of Object.keys(call.extra ?? {})) writing.drop(`${path}.${key}`, NO_WORD);
  const toolUse = {
    toolUseId: idFor(call.id, writing),
    name: call.name,
    input: input ?? { arguments: call.arguments },
    ...extra,
  };
  blocks.splice(typeof index === "number" ? index : blocks.length, 0, { toolUse });
}

/** Our own callers' input is whatever JSON it was. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Bedrock takes letters, digits, `_` and `-` in ids, and 64 of them; the same id is always changed the same way. */
function idFor(id: string, { isOwn }: Writing): string {
  return isOwn ? id : id.replaceAll(/[^a-zA-Z0-9_-]/g, "_").slice(-64) || "call";
}
