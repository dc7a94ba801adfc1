// Content that was sent as events of a span: OpenTelemetry's second generation (`gen_ai.user.message`, `gen_ai.choice`), and
// the events of the first (`gen_ai.content.prompt`).
import type { JsonValue, WireAttributes, WireEvent } from "../../wire/wire-span.ts";
import { isObject, type JsonObject, parseJson, readObject } from "../names/read-value.ts";
import type { Message } from "./message.ts";
import { messageOf, readMessages } from "./read-messages.ts";

/** By the event's name: whose message it is. */
export const messageEvents: Readonly<Record<string, string>> = {
  "gen_ai.system.message": "system",
  "gen_ai.user.message": "user",
  "gen_ai.assistant.message": "assistant",
  "gen_ai.tool.message": "tool",
  "gen_ai.choice": "assistant",
};

export function messagesInEvents(
  events: readonly WireEvent[],
  side: "user" | "assistant",
  messagesMax: number,
): Message[] | undefined {
  const messages: Message[] = [];
  for (const { name, attributes } of events) {
    if (messages.length >= messagesMax) break;
    messages.push(...messagesOf(name, attributes, side));
  }
  return messages.length > 0 ? messages.slice(0, messagesMax) : undefined;
}

/** Pydantic's libraries put the events of a call into one attribute of its span. */
export function eventsIn(attribute: JsonValue | undefined): WireEvent[] {
  const listed = typeof attribute === "string" ? parseJson(attribute) : attribute;
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((one) => {
    const name = isObject(one) ? one["event.name"] : undefined;
    return isObject(one) && typeof name === "string" ? [{ name, atMs: 0, attributes: one }] : [];
  });
}

function messagesOf(name: string, attributes: WireAttributes, side: "user" | "assistant"): Message[] {
  const isAnswer = side === "assistant";
  const whole = isAnswer ? "gen_ai.output.messages" : "gen_ai.input.messages";
  const old = isAnswer ? "gen_ai.completion" : "gen_ai.prompt";
  const contents = isAnswer ? "gen_ai.content.completion" : "gen_ai.content.prompt";
  if (name === "gen_ai.client.inference.operation.details" || name === contents) {
    const said = attributes[whole] ?? attributes[old];
    return said === undefined ? [] : (readMessages(openText(said), { role: side, messagesMax: 1000 }) ?? []);
  }
  if (!Object.hasOwn(messageEvents, name) || (name === "gen_ai.choice") !== isAnswer) return [];
  return readMessageEvent(name, attributes);
}

/** One message; its body may be the attributes themselves, or stand in one of them. */
export function readMessageEvent(name: string, body: JsonObject): Message[] {
  const inner = readObject(body["gen_ai.event.content"] ?? body["body"] ?? null) ?? body;
  const said = readObject(inner["message"] ?? null) ?? inner;
  const role = typeof said["role"] === "string" ? said["role"] : (messageEvents[name] ?? "user");
  const reason = inner["finish_reason"];
  const calls = said["tool_calls"] ?? inner["tool_calls"];
  return messageOf(
    {
      ...said,
      role,
      ...(typeof reason === "string" && { finish_reason: reason }),
      ...(calls !== undefined && { tool_calls: calls }),
    },
    role,
  );
}

function openText(said: JsonValue): JsonValue {
  if (typeof said !== "string") return said;
  const parsed = parseJson(said);
  return isObject(parsed) || Array.isArray(parsed) ? parsed : said;
}
