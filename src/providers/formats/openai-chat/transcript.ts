// A conversation in readable form, from bodies as they were stored: JSON or server-sent events, perhaps cut at a
// bound, perhaps not what they claim to be. It shows what it can make out and never throws.
import { parse as parseTolerantly } from "jsonc-parser";
import type { ChatEvent, Extra } from "../../contract.ts";
import { isObject, textOf } from "../fields.ts";
import { readChatAnswer } from "./answer-out.ts";
import { collectAnswer } from "../collect-answer.ts";
import { readOpenAiError } from "./errors.ts";
import { createStreamDecoder } from "./stream-out.ts";

export interface TranscriptMessage {
  /** The role as it was sent; `error` for an answer that was one. */
  role: string;
  /** Text of all parts; other parts are named in brackets, such as `[image]`. */
  text: string;
  tool_calls: { name: string; arguments: string }[];
}

/** The messages of the request, then the answer: one message a choice. Undefined where there is no body. */
export function readTranscript(
  requestText: string | undefined,
  responseText: string | undefined,
  responseMediaType: string | undefined,
): TranscriptMessage[] {
  const request: unknown = requestText === undefined ? undefined : parseTolerantly(requestText);
  const messages = isObject(request) && Array.isArray(request["messages"]) ? request["messages"] : [];
  const isStream = responseMediaType?.startsWith("text/event-stream") ?? false;
  return [
    ...messages.filter(isObject).map(fromRequest),
    ...(responseText === undefined || responseText === "" ? [] : fromResponse(responseText, isStream)),
  ];
}

function fromRequest(message: Extra): TranscriptMessage {
  const calls = Array.isArray(message["tool_calls"]) ? message["tool_calls"].filter(isObject) : [];
  return {
    role: textOf(message["role"]) || "unknown",
    text: [contentText(message["content"]), textOf(message["refusal"])].filter((text) => text !== "").join("\n"),
    tool_calls: calls.map(callText),
  };
}

function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  return Array.isArray(content) ? content.map(partText).join("\n") : "";
}

function partText(part: unknown): string {
  if (!isObject(part)) return "";
  if (typeof part["text"] === "string") return part["text"];
  if (typeof part["refusal"] === "string") return part["refusal"];
  const name = isObject(part["file"]) ? textOf(part["file"]["filename"]) : "";
  const kind = textOf(part["type"]).replace(/^input_|_url$/g, "");
  if (kind === "") return "";
  return name === "" ? `[${kind}]` : `[${kind} ${name}]`;
}

function callText(call: Extra): { name: string; arguments: string } {
  const said = isObject(call["custom"]) ? call["custom"] : isObject(call["function"]) ? call["function"] : {};
  return { name: textOf(said["name"]), arguments: textOf(said["arguments"] ?? said["input"]) };
}

function fromResponse(text: string, isStream: boolean): TranscriptMessage[] {
  const { choices, error } = collectAnswer(isStream ? streamEvents(text) : readChatAnswer(parseTolerantly(text)));
  const spoken = [...choices].map(([, choice]) => ({
    role: "assistant",
    text: [choice.text, choice.refusal].filter((part) => part !== "").join("\n"),
    tool_calls: choice.tool_calls.flatMap((call) => [{ name: call.name, arguments: call.arguments }]),
  }));
  // A stream that merely stops short shows what came; its record says that it was truncated.
  if (error === undefined || (error.code === "truncated" && spoken.length > 0)) return spoken;
  const message = error.code === "not_an_answer" ? readOpenAiError(200, text).message : error.message;
  return [...spoken, { role: "error", text: message, tool_calls: [] }];
}

function streamEvents(text: string): ChatEvent[] {
  const decoder = createStreamDecoder();
  return [...decoder.feed(new TextEncoder().encode(text)), ...decoder.finish()];
}
