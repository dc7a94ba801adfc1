// The question of a request: the text of its last message, where that is the user's. Of all else in the request nothing may differ.
import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import type { CallerRequest, DialectName } from "../../../providers/index.ts";
import { type AnswerKeyInput, answerKey } from "../key/answer-key.ts";

export interface Question {
  text: string;
  /** SHA-256, hex, of the request without it, and of who asks whom. */
  group: string;
}

/** Where the messages are. */
const LISTS: Record<DialectName, string> = {
  "openai-chat": "messages",
  "openai-responses": "input",
  "anthropic-messages": "messages",
  gemini: "contents",
  "bedrock-converse": "messages",
  "cohere-chat": "messages",
  "ollama-chat": "messages",
};

/** Undefined where there is none, or several texts stand in the last message, or the request is never answered from the cache. */
export function findQuestion(input: AnswerKeyInput): Question | undefined {
  const { request } = input;
  if (request.operation !== "chat" || request.native) return undefined;
  const node = findText(request);
  if (!node || typeof node.value !== "string" || node.value.trim() === "") return undefined;
  const { offset, length, value } = node;
  // A question that is a mark cannot be mistaken for another request: the key's beginning says what it is.
  const text = `${request.text.slice(0, offset)}null${request.text.slice(offset + length)}`;
  const group = answerKey({ ...input, scope: `alike ${input.scope}`, request: { ...request, text } });
  return group === undefined ? undefined : { text: value, group };
}

function findText({ dialect, text }: CallerRequest): Node | undefined {
  const tree = parseTree(text);
  const list = tree && findNodeAtLocation(tree, [LISTS[dialect]]);
  if (list?.type === "string") return list;
  const last = list?.type === "array" ? list.children?.at(-1) : undefined;
  if (last?.type !== "object") return undefined;
  const role = findNodeAtLocation(last, ["role"])?.value as unknown;
  // Gemini takes it for the user's where nothing is said.
  if (role !== "user" && !(role === undefined && dialect === "gemini")) return undefined;
  const content = findNodeAtLocation(last, [dialect === "gemini" ? "parts" : "content"]);
  return content?.type === "array" ? onlyText(content.children ?? []) : content;
}

/** Pictures beside it must be the same, like all else. */
function onlyText(parts: readonly Node[]): Node | undefined {
  const texts = parts.flatMap((part) => (part.type === "object" ? (findNodeAtLocation(part, ["text"]) ?? []) : [part]));
  return texts.length === 1 ? texts[0] : undefined;
}
