// What a recorded call asked, as a setup. A chat completion is taken over whole; of other dialects the record knows the texts.
import type { CallDetail } from "../../../../../src/ledger/contract.ts";
import { readJson } from "./request.ts";
import { emptyColumn, emptySetup, emptyTurn, type Role, roles, type Setup, type Turn } from "./setup.ts";

export interface Replay {
  setup: Setup;
  /** What could not be taken over; null where all was. */
  note: string | null;
}

export function setupFromCall(call: CallDetail): Replay {
  if (call.dialect === "openai-chat" && call.request_body !== null && !call.request_body.cut) {
    const { value } = readJson(call.request_body.text);
    const setup = setupFromRequest(value, call.model);
    if (setup !== null) return { setup, note: null };
  }
  return { setup: setupFromTexts(call), note: noteFor(call) };
}

function setupFromRequest(request: unknown, model: string): Setup | null {
  const { messages, tools, response_format, ...rest } = fieldsOf(request);
  if (!Array.isArray(messages)) return null;
  const turns = messages.map(turnFromMessage);
  const [first] = turns;
  const isSystem = first?.role === "system" && first.images.length + first.otherParts.length === 0;
  const { settings, more } = splitSettings(rest);
  return {
    system: isSystem ? first.text : "",
    turns: isSystem ? turns.slice(1) : turns,
    settings: {
      ...emptySetup.settings,
      max_tokens: null,
      ...settings,
      tools: tools === undefined ? "" : write(tools),
      schema: response_format === undefined ? "" : write(response_format),
      more: Object.keys(more).length === 0 ? "" : write(more),
    },
    columns: [emptyColumn(typeof rest["model"] === "string" ? rest["model"] : model)],
  };
}

const figures = ["temperature", "max_tokens", "top_p", "n", "seed"] as const;
/** What each column says itself, and what belongs to the connection. */
const notShared = new Set(["model", "stream", "stream_options"]);

function splitSettings(rest: Fields): { settings: Partial<Setup["settings"]>; more: Fields } {
  const settings: Partial<Setup["settings"]> = {};
  const more: Fields = {};
  for (const [name, value] of Object.entries(rest)) {
    const figure = figures.find((each) => each === name);
    if (figure !== undefined && typeof value === "number") settings[figure] = value;
    else if (!notShared.has(name) && value !== null) more[name] = value;
  }
  return { settings, more };
}

function turnFromMessage(message: unknown): Turn {
  const { role, content, tool_calls, tool_call_id } = fieldsOf(message);
  const turn: Turn = { ...emptyTurn(roleOf(role)), toolCallId: typeof tool_call_id === "string" ? tool_call_id : "" };
  if (typeof content === "string") turn.text = content;
  for (const part of Array.isArray(content) ? (content as unknown[]) : []) {
    const { type, text, image_url } = fieldsOf(part);
    const { url } = fieldsOf(image_url);
    if (type === "text" && typeof text === "string") turn.text += (turn.text === "" ? "" : "\n\n") + text;
    else if (type === "image_url" && typeof url === "string") turn.images.push(url);
    else turn.otherParts.push(part);
  }
  for (const call of Array.isArray(tool_calls) ? (tool_calls as unknown[]) : []) {
    const { id, function: called } = fieldsOf(call);
    const { name, arguments: given } = fieldsOf(called);
    turn.toolCalls.push({ id: String(id ?? ""), name: String(name ?? ""), arguments: String(given ?? "") });
  }
  return turn;
}

function setupFromTexts({ messages, model }: CallDetail): Setup {
  const asked = messages.at(-1)?.role === "assistant" ? messages.slice(0, -1) : messages;
  const system = asked[0]?.role === "system" ? asked[0].text : "";
  const turns = asked.slice(system === "" ? 0 : 1).map(({ role, text, tool_calls }, index): Turn => ({
    ...emptyTurn(roleOf(role)),
    text,
    toolCalls: tool_calls.map((call, position) => ({ id: `call_${index}_${position}`, ...call })),
  }));
  return { ...emptySetup, system, turns: turns.length === 0 ? emptySetup.turns : turns, columns: [emptyColumn(model)] };
}

function noteFor({ dialect, messages, request_body }: CallDetail): string {
  if (messages.length === 0) return "No texts of this call are kept: only its model was taken over.";
  if (request_body?.cut === true)
    return "Only the beginning of this call is kept: its texts were taken over as far as they go.";
  return `This call was made in the words of ${dialect}: its texts were taken over, its settings and tools were not.`;
}

type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
const roleOf = (role: unknown): Role => roles.find((each) => each === role) ?? "user";
const write = (value: unknown): string => JSON.stringify(value, null, 2);
