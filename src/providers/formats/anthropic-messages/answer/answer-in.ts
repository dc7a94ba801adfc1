// Canonical events as one JSON message for a caller. It is put together from the events of the stream, as Anthropic's SDKs
// do, so that an answer says the same whether it is streamed or not.
import type { ChatEvent, Extra } from "../../../contract.ts";
import { providersErrors } from "../../../errors.ts";
import type { Dropped } from "../../dialect.ts";
import { textOf } from "../../fields.ts";
import { inputOf } from "../request/message-out.ts";
import type { AnthropicEvent } from "./block-in.ts";
import { cutAtCitations } from "./cited-text.ts";
import { createMessageBuilder } from "./message-in.ts";

/** A message. Throws `providers.broken_answer` where the events hold an error or no end. */
export function writeMessagesAnswer(events: Iterable<ChatEvent>, told: Dropped[]): Extra {
  const builder = createMessageBuilder(told);
  const blocks: Block[] = [];
  let message: Extra = {};
  let isWhole = false;
  for (const event of cutAtCitations(events)) {
    if (event.type === "error") throw providersErrors.broken_answer({ detail: event.message });
    for (const said of builder.add(event)) {
      if (said.type === "message_start") message = said["message"] as Extra;
      else if (said.type === "message_delta") message = { ...message, ...endingOf(said) };
      else addToBlocks(blocks, said);
    }
    isWhole ||= event.type === "end";
  }
  if (!isWhole) throw providersErrors.broken_answer({ detail: "it has no end" });
  return { ...message, content: blocks.map((block) => finish(block, told)) };
}

interface Block {
  said: Extra;
  /** Arguments of a tool call, as text. */
  input: string;
}

function endingOf({ type: _, delta, ...rest }: AnthropicEvent): Extra {
  return { ...rest, ...(delta as Extra) };
}

function addToBlocks(blocks: Block[], event: AnthropicEvent): void {
  if (event.type === "content_block_start") blocks.push({ said: { ...(event["content_block"] as Extra) }, input: "" });
  const block = blocks.at(-1);
  if (event.type !== "content_block_delta" || block === undefined) return;
  const { said } = block;
  const delta = event["delta"] as Extra;
  switch (delta["type"]) {
    case "text_delta":
      said["text"] = textOf(said["text"]) + textOf(delta["text"]);
      return;
    case "thinking_delta":
      said["thinking"] = textOf(said["thinking"]) + textOf(delta["thinking"]);
      return;
    case "signature_delta":
      said["signature"] = delta["signature"];
      return;
    case "citations_delta":
      said["citations"] = [...((said["citations"] as Extra[] | undefined) ?? []), delta["citation"]];
      return;
    case "input_json_delta":
      block.input += textOf(delta["partial_json"]);
  }
}

function finish({ said, input }: Block, told: Dropped[]): Extra {
  if (said["input"] === undefined) return said;
  // Only what a model wrote may be broken; what a vendor's own tool was asked was JSON before.
  if (said["type"] !== "tool_use") return { ...said, input: JSON.parse(input) as unknown };
  const read = inputOf(input);
  if (!read)
    told.push({
      what: "answer.tool_calls.arguments",
      why: "they are no JSON object; they go as text, under `arguments`",
    });
  return { ...said, input: read ?? { arguments: input } };
}
