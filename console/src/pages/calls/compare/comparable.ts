// Two calls as texts that can be held side by side: what was set, what was asked, what was answered.
import type { CallDetail } from "../../../../../src/ledger/contract.ts";

export interface Comparable {
  settings: string;
  asked: string;
  answered: string;
  /** Something was too long to be compared, and is compared as far as this page can. */
  isCut: boolean;
}

type Compared = Pick<CallDetail, "messages" | "request_body">;
type Message = CallDetail["messages"][number];

/** Where dialects keep what was said; everything else of a request is a setting. */
const said = new Set(["messages", "system", "input", "instructions", "contents", "systemInstruction", "prompt"]);
const charactersMost = 200_000;

export function comparableOf({ messages, request_body: request }: Compared): Comparable {
  const from = answerFrom(messages);
  const texts = {
    settings: settingsOf(request?.text ?? ""),
    asked: messages.slice(0, from).map(writeMessage).join("\n\n"),
    answered: messages.slice(from).map(writeMessage).join("\n\n"),
  };
  const isCut = Object.values(texts).some((text) => text.length > charactersMost);
  const [settings, asked, answered] = [texts.settings, texts.asked, texts.answered].map((text) =>
    text.slice(0, charactersMost),
  ) as [string, string, string];
  return { settings, asked, answered, isCut };
}

/** Messages behind the last that was not the model's are its answer. */
function answerFrom(messages: readonly Message[]): number {
  const asked = messages.findLastIndex(({ role }) => role !== "assistant" && role !== "model" && role !== "error");
  return asked + 1;
}

function writeMessage({ role, text, tool_calls: calls }: Message): string {
  const tools = calls.map((call) => `calls ${call.name}\n${indent(call.arguments)}`);
  return [`${role}:`, ...(text === "" ? [] : [text]), ...tools].join("\n");
}

/** In the order of their names, so that only what differs shows. */
function settingsOf(body: string): string {
  try {
    const request: unknown = JSON.parse(body);
    if (typeof request !== "object" || request === null || Array.isArray(request)) return "";
    const kept = Object.entries(request).filter(([name]) => !said.has(name));
    return JSON.stringify(Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1))), null, 2);
  } catch {
    return "";
  }
}

function indent(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
