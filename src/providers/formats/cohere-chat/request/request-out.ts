// A canonical request in the words of `/v2/chat`, for a vendor; and what of it did not carry.
import type { ChatRequest, Extra, ResponseFormat } from "../../../contract.ts";
import type { Dropped, Written } from "../../dialect.ts";
import { definedOnly } from "../../fields.ts";
import { carryOver } from "./carry-over.ts";
import type { Writing } from "./content-out.ts";
import { writeMessages } from "./message-out.ts";
import { writeThinking } from "./thinking.ts";
import { writeTools } from "./tool-out.ts";

/** The body for a vendor. A request that came in this dialect says just what it said. */
export function writeCohereRequest(asked: ChatRequest, model: string): Written {
  const dropped: Dropped[] = [];
  const writing: Writing = {
    isOwn: asked.dialect === "cohere-chat",
    drop: (what, why) => void dropped.push({ what, why }),
    documents: [],
  };
  const request = writing.isOwn ? asked : carryOver(asked, writing.drop);
  const messages = writeMessages(request.messages, writing);
  const body = definedOnly<Extra>({
    model,
    messages,
    stream: request.stream,
    max_tokens: request.max_output_tokens,
    temperature: request.temperature,
    p: request.top_p,
    k: request.top_k,
    stop_sequences: request.stop,
    seed: request.seed,
    presence_penalty: request.presence_penalty,
    frequency_penalty: request.frequency_penalty,
    documents: writing.documents.length > 0 ? writing.documents : undefined,
    ...writeTools(request, writing),
    response_format: writeFormat(request.response_format),
    thinking: writeThinking(request.reasoning, writing.drop),
    logprobs: request.logprobs ? true : undefined,
    ...request.extra,
  });
  return { body, dropped };
}

/** Cohere holds every answer to its schema, and gives schemas no name. */
function writeFormat(format: ResponseFormat | undefined): Extra | undefined {
  if (format === undefined || format.type === "text") return format;
  return { type: "json_object", ...(format.type === "json_schema" && { json_schema: format.schema }) };
}
