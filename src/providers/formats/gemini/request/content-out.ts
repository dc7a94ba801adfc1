// Canonical messages as Google's contents. Instructions stand apart; turns are the user's and the model's by turns, and results of
// functions are the user's, in the order of their calls.
import type { ChatRequest, Extra, Message } from "../../../contract.ts";
import { writeAnswerTurn } from "./answer-turn.ts";
import { writeFunctionResponse } from "./function-response.ts";
import { NO_WORD, writePart, type Writing } from "./part-out.ts";

export interface WrittenContents {
  systemInstruction?: Extra;
  contents: Extra[];
}

interface Turn {
  role: "user" | "model";
  parts: Extra[];
  extra?: Extra;
}

export function writeContents(request: ChatRequest, writing: Writing): WrittenContents {
  const system: Turn = { role: "user", parts: [] };
  const turns: Turn[] = [];
  const names = new Map<string, string>();
  for (const [index, message] of request.messages.entries()) {
    const path = `messages.${index}`;
    tellUnsaid(message, path, writing);
    for (const { id, name } of message.tool_calls ?? []) names.set(id, name);
    const extra = writing.isOwn && message.role !== "tool" && message.extra ? { extra: message.extra } : {};
    if (message.role === "system" || message.role === "developer") {
      system.parts.push(...writeSystem(message, path, writing));
      Object.assign(system, extra);
    } else {
      const parts = writeMessage(message, request, { path, writing, names });
      if (parts.length > 0 || (writing.isOwn && message.parts.length === 0))
        addTurn(turns, { role: message.role === "assistant" ? "model" : "user", parts, ...extra });
    }
  }
  const contents = (writing.isOwn ? turns : turns.map(resultsFirst)).map(({ extra, ...turn }) => ({
    ...turn,
    ...extra,
  }));
  // There is no answer to nobody: instructions alone are given by the user.
  if (contents.length === 0) return { contents: [{ role: "user", parts: system.parts }] };
  const { role: _, extra, ...instructions } = system;
  const hasSystem = system.parts.length > 0 || extra !== undefined;
  return { ...(hasSystem && { systemInstruction: { ...instructions, ...extra } }), contents };
}

function tellUnsaid({ role, name, extra }: Message, path: string, writing: Writing): void {
  if (name !== undefined && role !== "tool") writing.drop(`${path}.name`, NO_WORD);
  if (!writing.isOwn) for (const key of Object.keys(extra ?? {})) writing.drop(`${path}.${key}`, NO_WORD);
}

function writeSystem(message: Message, path: string, writing: Writing): Extra[] {
  return message.parts.flatMap((part, index) => {
    const at = `${path}.parts.${index}`;
    if (part.type !== "reasoning" && (part.type === "text" || writing.isOwn)) return writePart(part, at, writing);
    writing.drop(at, "instructions are text");
    return [];
  });
}

interface Place {
  path: string;
  writing: Writing;
  /** Functions by the ids of their calls so far. */
  names: ReadonlyMap<string, string>;
}

function writeMessage(message: Message, request: ChatRequest, { path, writing, names }: Place): Extra[] {
  if (message.role === "assistant") return writeAnswerTurn(message, request, { path, writing });
  const write = (part: Message["parts"][number], index: number): Extra[] => {
    const at = `${path}.parts.${index}`;
    if (part.type !== "reasoning") return writePart(part, at, writing);
    writing.drop(at, "only the model thinks");
    return [];
  };
  if (message.role === "user") return message.parts.flatMap(write);
  const media = message.parts.flatMap((part, index) =>
    part.type === "text" || part.type === "refusal" ? [] : write(part, index),
  );
  const name = message.name ?? names.get(message.tool_call_id ?? "") ?? (message.tool_call_id || "tool");
  const isWithin = writing.isOwn || writing.takesMediaResults;
  const extra = writing.isOwn ? message.extra : undefined;
  const result = writeFunctionResponse(message, { name, media: isWithin ? media : [], extra });
  // Older models see pictures beside a result, not within it.
  return isWithin ? [result] : [result, ...media];
}

function addTurn(turns: Turn[], turn: Turn): void {
  const last = turns.at(-1);
  if (last?.role !== turn.role) turns.push(turn);
  else {
    last.parts.push(...turn.parts);
    if (turn.extra) last.extra = { ...last.extra, ...turn.extra };
  }
}

/** Gemini wants the results of all calls at once, before anything else. */
function resultsFirst(turn: Turn): Turn {
  const isResult = (part: Extra): boolean => "functionResponse" in part;
  if (turn.role !== "user" || !turn.parts.some(isResult)) return turn;
  return { ...turn, parts: [...turn.parts.filter(isResult), ...turn.parts.filter((each) => !isResult(each))] };
}
