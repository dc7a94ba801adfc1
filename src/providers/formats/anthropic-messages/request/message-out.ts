// Canonical messages as Anthropic's turns. Its conversations have a system prompt apart, and turns of the user and the
// assistant by turns: messages that follow one another on one side become one turn, and results of tools are the user's.
import type { ChatRequest, Extra, Message, Part, ToolCall } from "../../../contract.ts";
import { definedOnly, isObject } from "../../fields.ts";
import { NO_WORD, writePart, type Writing } from "./block-out.ts";

export interface WrittenMessages {
  system?: Extra[];
  messages: Extra[];
}

interface Turn {
  role: "user" | "assistant" | "system";
  content: Extra[];
  extra?: Extra;
}

export function writeMessages({ messages }: ChatRequest, writing: Writing): WrittenMessages {
  const system: Extra[] = [];
  const turns: Turn[] = [];
  for (const [index, message] of messages.entries()) {
    const path = `messages.${index}`;
    const isInstruction = message.role === "system" || message.role === "developer";
    // A caller of this dialect may instruct in the midst of a conversation; from all others it goes to the front.
    if (isInstruction && (!writing.isOwn || turns.length === 0)) system.push(...writeSystem(message, path, writing));
    else {
      const turn = writeTurn(message, path, writing);
      // Whose turn had nothing that could be carried over says nothing; our own callers may mean an empty turn.
      const isSilent = turn.content.length === 0 && !(writing.isOwn && message.parts.length === 0);
      if (!isSilent) addTurn(turns, turn);
    }
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

function writeSystem(message: Message, path: string, writing: Writing): Extra[] {
  tellUnsaid(message, path, writing);
  return message.parts.flatMap((part, index) => {
    const at = `${path}.parts.${index}`;
    if (part.type === "text" || writing.isOwn) return writePart(part, at, writing);
    writing.drop(at, "instructions are text");
    return [];
  });
}

function tellUnsaid({ name, extra }: Message, path: string, writing: Writing): void {
  if (name !== undefined) writing.drop(`${path}.name`, NO_WORD);
  if (!writing.isOwn) for (const key of Object.keys(extra ?? {})) writing.drop(`${path}.${key}`, NO_WORD);
}

function writeTurn(message: Message, path: string, writing: Writing): Turn {
  tellUnsaid(message, path, writing);
  const blocks = message.parts.flatMap((part, index) => writePart(part, `${path}.parts.${index}`, writing));
  const extra = writing.isOwn && message.extra ? { extra: message.extra } : {};
  if (message.role === "tool") return { role: "user", content: [writeToolResult(message, blocks, writing)] };
  if (message.role !== "assistant")
    return { role: message.role === "user" ? "user" : "system", content: blocks, ...extra };
  for (const [index, call] of (message.tool_calls ?? []).entries())
    placeCall(blocks, { call, path: `${path}.tool_calls.${index}` }, writing);
  return { role: "assistant", content: blocks, ...extra };
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

/** Anthropic refuses anything before the results of the tools that it called. */
function resultsFirst(turn: Turn): Turn {
  const isResult = ({ type }: Extra): boolean => type === "tool_result";
  if (turn.role !== "user" || !turn.content.some(isResult)) return turn;
  return { ...turn, content: [...turn.content.filter(isResult), ...turn.content.filter((each) => !isResult(each))] };
}

function writeToolResult(
  { tool_call_id: id = "", is_error: isError, extra, parts }: Message,
  blocks: Extra[],
  writing: Writing,
): Extra {
  const last = blocks.at(-1);
  const marked = parts.at(-1);
  // As it was read: the mark at the end of the last part is the result's own.
  const mark = last && hasCache(marked) ? last["cache_control"] : undefined;
  const content = mark === undefined ? blocks : [...blocks.slice(0, -1), withoutMark(last ?? {})];
  return definedOnly<Extra>({
    type: "tool_result",
    tool_use_id: idFor(id, writing),
    content: content.length > 0 ? content : undefined,
    is_error: isError,
    cache_control: mark,
    ...(writing.isOwn && extra),
  });
}

function hasCache(part: Part | undefined): boolean {
  return part !== undefined && "cache" in part && part.cache !== undefined;
}

function withoutMark({ cache_control: _, ...block }: Extra): Extra {
  return block;
}

function placeCall(blocks: Extra[], { call, path }: { call: ToolCall; path: string }, writing: Writing): void {
  const { index, ...extra } = (writing.isOwn ? call.extra : undefined) ?? {};
  const input = inputOf(call.arguments);
  if (!input) writing.drop(`${path}.arguments`, "they are no JSON object; they go as text, under `arguments`");
  if (!writing.isOwn) for (const key of Object.keys(call.extra ?? {})) writing.drop(`${path}.${key}`, NO_WORD);
  const block = {
    type: "tool_use",
    id: idFor(call.id, writing),
    name: call.name,
    input: input ?? { arguments: call.arguments },
    ...extra,
  };
  blocks.splice(typeof index === "number" ? index : blocks.length, 0, block);
}

/** Anthropic's tool input is an object; undefined where this is not the text of one. No text is an empty object. */
export function inputOf(text: string): Extra | undefined {
  if (text.trim() === "") return {};
  try {
    const input: unknown = JSON.parse(text);
    return isObject(input) ? input : undefined;
  } catch {
    return undefined;
  }
}

/** Anthropic takes letters, digits, `_` and `-` in ids; the same id is always changed the same way. */
function idFor(id: string, { isOwn }: Writing): string {
  return isOwn ? id : id.replaceAll(/[^a-zA-Z0-9_-]/g, "_");
}
