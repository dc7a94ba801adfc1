// What must survive any translation: what was said, by whom, with which tools, how it ended and what it used. All else may be
// dropped, if it is said so.
import { collectAnswer } from "../../src/providers/formats/collect-answer.ts";
import type { ChatEvent, ChatRequest, Message, Part, ToolCall } from "../../src/providers/contract.ts";

export interface RequestEssence {
  /** Instructions, whatever the dialect calls them. */
  system: string;
  /** Who says what, turns of one side joined. */
  turns: { side: "user" | "assistant"; said: string }[];
  tools: string[];
}

export interface AnswerEssence {
  text: string;
  calls: string[];
  finish: string | undefined;
  input: number | undefined;
  output: number | undefined;
}

export function essenceOfRequest({ messages, tools = [] }: ChatRequest): RequestEssence {
  const turns: RequestEssence["turns"] = [];
  let system = "";
  for (const message of messages) {
    if (message.role === "system" || message.role === "developer") {
      system += textOf(message.parts);
      continue;
    }
    const side = message.role === "assistant" ? "assistant" : "user";
    const last = turns.at(-1);
    const said = saidIn(message);
    if (last?.side === side) last.said += said;
    else turns.push({ side, said });
  }
  return {
    system: squeeze(system),
    turns: turns.map(({ side, said }) => ({ side, said: squeeze(said) })).filter(({ said }) => said !== ""),
    tools: tools.flatMap(({ name, server }) => (server ? [] : [name])).sort(),
  };
}

export function essenceOfAnswer(events: readonly ChatEvent[]): AnswerEssence {
  const { choices, usage } = collectAnswer(events);
  const choice = choices.get(0);
  return {
    text: squeeze(choice?.text ?? ""),
    calls: (choice?.tool_calls ?? []).map(callText),
    finish: choice?.finish?.reason,
    input: usage?.input,
    output: usage?.output,
  };
}

/** What differs, as a path and both values; empty when nothing does. */
export function differencesOf(wanted: unknown, found: unknown, path = ""): string[] {
  if (Bun.deepEquals(wanted, found)) return [];
  if (typeof wanted !== "object" || typeof found !== "object" || wanted === null || found === null)
    return [`${path}: ${show(wanted)} became ${show(found)}`];
  const keys = new Set([...Object.keys(wanted), ...Object.keys(found)]);
  return [...keys].flatMap((key) =>
    differencesOf(
      (wanted as Record<string, unknown>)[key],
      (found as Record<string, unknown>)[key],
      path === "" ? key : `${path}.${key}`,
    ),
  );
}

function saidIn({ parts, tool_calls: calls = [] }: Message): string {
  return textOf(parts) + calls.map(callText).join("");
}

function textOf(parts: readonly Part[]): string {
  return parts.map((part) => (part.type === "text" || part.type === "refusal" ? part.text : "")).join("");
}

function callText({ name, arguments: text }: Pick<ToolCall, "name" | "arguments">): string {
  return `${name}(${canonicalJson(text)})`;
}

/** Spaces and the order of keys say nothing. */
function canonicalJson(text: string): string {
  try {
    return JSON.stringify(sorted(JSON.parse(text || "{}")));
  } catch {
    return text;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

/** Where dialects join texts they may put a line between them. */
function squeeze(text: string): string {
  return text.replaceAll(/\s+/g, "");
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 120);
}
