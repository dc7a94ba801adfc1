// A canonical request in the words of `/api/chat`, for a vendor; and what of it did not carry.
import type { ChatRequest, Extra, ResponseFormat } from "../../../contract.ts";
import type { Dropped, Written } from "../../dialect.ts";
import { definedOnly, isObject } from "../../fields.ts";
import { writeThink } from "../thinking.ts";
import { carryOver } from "./carry-over.ts";
import { writeMessages } from "./message-out.ts";
import { writeTools } from "./tool-out.ts";
import type { Writing } from "./writing.ts";

/** The body for a vendor. A request that came in this dialect says just what it said. */
export function writeOllamaRequest(asked: ChatRequest, model: string): Written {
  const dropped: Dropped[] = [];
  const writing: Writing = {
    isOwn: asked.dialect === "ollama-chat",
    drop: (what, why) => void dropped.push({ what, why }),
  };
  const request = writing.isOwn ? asked : carryOver(asked, writing.drop);
  const { options, ...extra } = request.extra ?? {};
  const { logprobs } = request;
  const body = definedOnly<Extra>({
    model,
    messages: writeMessages(request.messages, writing),
    stream: request.stream,
    tools: writeTools(request, writing),
    format: writeFormat(request.response_format),
    think: writeThink(request.reasoning, writing.drop),
    options: writeOptions(request, options),
    logprobs: logprobs && true,
    top_logprobs: logprobs && logprobs.top > 0 ? logprobs.top : undefined,
    ...extra,
  });
  return { body, dropped };
}

/** Ollama holds every answer to its schema, and gives schemas no name. */
function writeFormat(format: ResponseFormat | undefined): unknown {
  if (format === undefined || format.type === "text") return undefined;
  return format.type === "json" ? "json" : format.schema;
}

function writeOptions(request: ChatRequest, more: unknown): Extra | undefined {
  const options = definedOnly<Extra>({
    num_predict: request.max_output_tokens,
    temperature: request.temperature,
    top_p: request.top_p,
    top_k: request.top_k,
    stop: request.stop,
    seed: request.seed,
    presence_penalty: request.presence_penalty,
    frequency_penalty: request.frequency_penalty,
    ...(isObject(more) && more),
  });
  return Object.keys(options).length > 0 ? options : undefined;
}
