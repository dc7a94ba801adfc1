// What was said in a span, from its bodies: messages as chat completions write them, or whatever came, as one text.
import type { RecordDetail } from "../../../../src/ledger/contract.ts";
import type { ChatMessage } from "./chat-view.tsx";

type Body = RecordDetail["request_body"];

/** Whether a body is a list of messages, rather than what went into a tool or came out of it. */
export function isConversation(body: Body): boolean {
  return body !== null && isMessageList(parse(body.text));
}

export function messagesOfBodies(request: Body, response: Body): ChatMessage[] {
  return [...messagesOf(request, "input"), ...messagesOf(response, "output")];
}

function messagesOf(body: Body, role: string): ChatMessage[] {
  if (body === null || body.text === "") return [];
  const value = parse(body.text);
  return isMessageList(value)
    ? value.map(messageOf)
    : [{ role, text: typeof value === "string" ? value : body.text, tool_calls: [] }];
}

function isMessageList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every((entry) => typeof fields(entry)["role"] === "string");
}

function messageOf(entry: unknown): ChatMessage {
  const { role, content, tool_calls: calls } = fields(entry);
  return {
    role: String(role),
    text: textOf(content),
    tool_calls: (Array.isArray(calls) ? (calls as unknown[]) : []).map((call) => {
      const { name, arguments: given } = fields(fields(call)["function"]);
      return { name: typeof name === "string" ? name : "unnamed", arguments: typeof given === "string" ? given : "" };
    }),
  };
}

/** Parts of text are joined; those of another kind stand as they came. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (content === null || content === undefined) return "";
  if (!Array.isArray(content)) return JSON.stringify(content);
  return (content as unknown[])
    .map((part) => {
      const { text } = fields(part);
      return typeof text === "string" ? text : JSON.stringify(part);
    })
    .join("\n");
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Undefined for what is no JSON: a body may be cut off. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
