// Vercel's AI SDK says an answer in pieces: its text, its reasoning and its calls of tools, an attribute each.
import type { Said } from "../names/said.ts";
import { parseJson } from "../names/read-value.ts";
import type { Message } from "./message.ts";
import { messageOf } from "./read-messages.ts";

export function readVercelAnswer(said: Said): Message[] | undefined {
  const text = said.get("ai.response.text");
  const object = said.get("ai.response.object");
  const calls = said.get("ai.response.toolCalls");
  const answer = typeof text === "string" && text !== "" ? text : object;
  if (typeof answer !== "string" && typeof calls !== "string") return undefined;
  const reasoning = said.get("ai.response.reasoning");
  const listed = typeof calls === "string" ? parseJson(calls) : undefined;
  const parts = [
    ...(typeof reasoning === "string" && reasoning !== "" ? [{ type: "reasoning", content: reasoning }] : []),
    ...(typeof answer === "string" && answer !== "" ? [{ type: "text", text: answer }] : []),
  ];
  for (const name of ["ai.response.text", "ai.response.object", "ai.response.toolCalls", "ai.response.reasoning"])
    said.drop(name);
  return messageOf({ parts, ...(Array.isArray(listed) && { tool_calls: listed }) }, "assistant");
}
