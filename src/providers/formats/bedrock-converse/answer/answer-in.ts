// Canonical events as one JSON answer for a caller. It is put together from the events of the stream, as a client would, so that
// an answer says the same whether it is streamed or not.
import type { ChatEvent, Extra } from "../../../contract.ts";
import { providersErrors } from "../../../errors.ts";
import { inputOf } from "../../anthropic-messages/request/message-out.ts";
import type { Dropped } from "../../dialect.ts";
import { definedOnly, isObject, textOf } from "../../fields.ts";
import type { ConverseEvent } from "./block-in.ts";
import { createMessageBuilder } from "./message-in.ts";

/** Throws `providers.broken_answer` where the events hold an error or no end. */
export function writeConverseAnswer(events: Iterable<ChatEvent>, told: Dropped[]): Extra {
  const builder = createMessageBuilder(told);
  const blocks: Block[] = [];
  let answer: Extra = {};
  let isWhole = false;
  for (const event of events) {
    if (event.type === "error") throw providersErrors.broken_answer({ detail: event.message });
    for (const said of builder.add(event)) {
      if (said.name === "messageStop" || said.name === "metadata") answer = { ...answer, ...said.payload };
      else addToBlocks(blocks, said);
    }
    isWhole ||= event.type === "end";
  }
  if (!isWhole) throw providersErrors.broken_answer({ detail: "it has no end" });
  return { output: { message: { role: "assistant", content: blocks.map((block) => finish(block, told)) } }, ...answer };
}

interface Block {
  index: unknown;
  start: Extra | undefined;
  deltas: Extra[];
}

function addToBlocks(blocks: Block[], { name, payload }: ConverseEvent): void {
  const { contentBlockIndex: index, start, delta } = payload;
  if (name === "contentBlockStart") blocks.push({ index, start: start as Extra, deltas: [] });
  if (name !== "contentBlockDelta") return;
  const open = blocks.at(-1);
  if (open !== undefined && open.index === index) open.deltas.push(delta as Extra);
  else blocks.push({ index, start: undefined, deltas: [delta as Extra] });
}

function finish({ start, deltas }: Block, told: Dropped[]): Extra {
  const [first = {}] = deltas;
  if (isObject(start?.["toolUse"])) return { toolUse: { ...start["toolUse"], input: inputFrom(deltas, told) } };
  if (isObject(start?.["toolResult"])) return { toolResult: { ...start["toolResult"], content: first["toolResult"] } };
  if (isObject(start?.["image"])) return { image: { ...start["image"], ...(first["image"] as Extra) } };
  if ("reasoningContent" in first) return { reasoningContent: reasoningFrom(deltas) };
  const text = deltas.map((delta) => textOf(delta["text"])).join("");
  const citations = deltas.flatMap((delta) => (delta["citation"] === undefined ? [] : [delta["citation"]]));
  if (citations.length > 0) return { citationsContent: { content: [{ text }], citations } };
  return "text" in first ? { text } : first;
}

function inputFrom(deltas: readonly Extra[], told: Dropped[]): unknown {
  const text = deltas.map(({ toolUse }) => (isObject(toolUse) ? textOf(toolUse["input"]) : "")).join("");
  const read = inputOf(text);
  const why = "they are no JSON object; they go as text, under `arguments`";
  if (!read) told.push({ what: "answer.tool_calls.arguments", why });
  return read ?? { arguments: text };
}

function reasoningFrom(deltas: readonly Extra[]): Extra {
  const said = deltas.map(({ reasoningContent: each }) => (isObject(each) ? each : {}));
  const redacted = said.find((each) => "redactedContent" in each);
  if (redacted) return { redactedContent: redacted["redactedContent"] };
  const text = said.map((each) => textOf(each["text"])).join("");
  const signature = said.find((each) => "signature" in each)?.["signature"];
  return { reasoningText: definedOnly<Extra>({ text, signature }) };
}
