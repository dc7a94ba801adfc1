// A caller's Responses request in canonical form. Parameters without a canonical word are kept in `extra`, under OpenAI's
// names: what is stored at the vendor (`previous_response_id`, `conversation`), what to include, how to truncate.
import type { ChatRequest, Extra, Message, Reasoning } from "../../../contract.ts";
import { definedOnly, type Fields, missing, openFields, wrongType, noModel } from "../../fields.ts";
import { readInput } from "./input-in.ts";
import { readTextOptions, readTool, readToolChoice } from "./tool-in.ts";

/** What can stand for an input, since it leads to one. */
const IN_PLACE_OF_INPUT = ["instructions", "previous_response_id", "conversation", "prompt"] as const;

/** Throws `providers.bad_request`. */
export function readResponsesRequest(body: unknown): ChatRequest {
  const fields = openFields(body, "", "a JSON object");
  const model = fields.text("model");
  if (!model) throw noModel(fields.any("model"));
  const choice = readToolChoice(fields);
  const text = readTextOptions(fields);
  const reasoning = readReasoning(fields);
  const request = definedOnly<ChatRequest>({
    model,
    dialect: "openai-responses",
    messages: readMessages(fields),
    stream: fields.flag("stream") ?? false,
    max_output_tokens: fields.integer("max_output_tokens", 1),
    temperature: fields.number("temperature"),
    top_p: fields.number("top_p"),
    tools: fields.list("tools")?.map((tool, index) => readTool(tool, `tools.${index}`)),
    tool_choice: choice.known,
    parallel_tool_calls: fields.flag("parallel_tool_calls"),
    response_format: text.known,
    reasoning: reasoning.known,
    logprobs: readLogprobs(fields),
    service_tier: fields.text("service_tier"),
    metadata: readMetadata(fields),
    user: fields.text("user"),
  });
  const extra = { ...fields.rest(), ...choice.extra, ...text.extra, ...reasoning.extra, ...readInclude(fields) };
  return Object.keys(extra).length > 0 ? { ...request, extra } : request;
}

function readMessages(fields: Fields): Message[] {
  const instructions = fields.text("instructions");
  const messages = readInput(fields);
  if (messages === undefined && IN_PLACE_OF_INPUT.every((key) => fields.peek(key) === "undefined"))
    throw missing("input", 'a text, or an array such as [{"role":"user","content":"Hello"}]');
  if (instructions !== undefined)
    return [{ role: "system", parts: [{ type: "text", text: instructions }] }, ...(messages ?? [])];
  const [first, ...others] = messages ?? [];
  if (first?.role !== "system") return messages ?? [];
  // Alone they mean the same, but for a stored conversation: instructions do not become part of it.
  const isStored = ["previous_response_id", "conversation"].some((key) => fields.peek(key) !== "undefined");
  return [isStored ? { ...first, extra: { item: { type: "message" }, ...first.extra } } : first, ...others];
}

function readReasoning(fields: Fields): { known?: Reasoning; extra?: Extra } {
  const said = fields.object("reasoning");
  if (said === undefined) return {};
  const reasoning = openFields(said, "reasoning", "an object");
  const known = definedOnly<Reasoning>({ effort: reasoning.text("effort"), summary: reasoning.text("summary") });
  const rest = reasoning.rest();
  return {
    ...(Object.keys(known).length > 0 && { known }),
    ...(rest && { extra: { reasoning: rest } }),
  };
}

export const LOGPROBS = "message.output_text.logprobs";

function readInclude(fields: Fields): Extra {
  const include = fields.list("include");
  return include === undefined ? {} : { include };
}

function readLogprobs(fields: Fields): { top: number } | undefined {
  const top = fields.integer("top_logprobs", 0);
  const isIncluded = fields.list("include")?.includes(LOGPROBS) ?? false;
  return top === undefined && !isIncluded ? undefined : { top: top ?? 0 };
}

function readMetadata(fields: Fields): Record<string, string> | undefined {
  const metadata = fields.object("metadata");
  for (const [key, value] of Object.entries(metadata ?? {}))
    if (typeof value !== "string") throw wrongType(`metadata.${key}`, "a string", value);
  return metadata as Record<string, string> | undefined;
}
