// A request of this dialect on its way to another one: what only keeps its books straight is left out, so that it need not be
// named as lost. It changes nothing of what is asked.
import type { ChatRequest, Extra, Message } from "../../../contract.ts";
import { isObject, without } from "../../fields.ts";
import { LOGPROBS } from "./request-in.ts";

/** Ids of items and their status; a message need not say that it is one. */
const BOOKS = ["id", "status"];
/** What is given back without being asked for, or said as `logprobs`. */
const INCLUDED_ANYWAY: ReadonlySet<unknown> = new Set(["reasoning.encrypted_content", LOGPROBS]);

export function forgetItems(request: ChatRequest): ChatRequest {
  const { extra, ...kept } = request;
  const messages = request.messages.map(forgetInMessage);
  const rest = extra && forgetInRequest(extra);
  return { ...kept, messages, ...(rest && { extra: rest }) };
}

function forgetInRequest(extra: Extra): Extra | undefined {
  const { include, store, ...kept } = extra;
  const wanted = Array.isArray(include) ? include.filter((each) => !INCLUDED_ANYWAY.has(each)) : [];
  const rest = {
    ...kept,
    ...(wanted.length > 0 && { include: wanted }),
    // Nothing is stored where nothing can be found again.
    ...(store !== undefined && store !== false && { store }),
  };
  return Object.keys(rest).length > 0 ? rest : undefined;
}

function forgetInMessage(message: Message): Message {
  const { tool_calls: calls } = message;
  return {
    ...forget(message),
    parts: message.parts.map((part) => (part.type === "text" || part.type === "refusal" ? forget(part) : part)),
    ...(calls && { tool_calls: calls.map(forget) }),
  };
}

/** With what else an item says, such as the phase of a message; and without the place of a call among other things. */
function forget<T extends { extra?: Extra }>(said: T): T {
  const { extra, ...kept } = said;
  if (extra === undefined) return said;
  const { item, index: _, ...others } = extra;
  const books = isObject(item) && item["type"] === "message" ? [...BOOKS, "type"] : BOOKS;
  const more = isObject(item) ? without(item, books) : {};
  const rest = { ...others, ...(Object.keys(more).length > 0 && { item: more }) };
  return (Object.keys(rest).length > 0 ? { ...kept, extra: rest } : kept) as T;
}
