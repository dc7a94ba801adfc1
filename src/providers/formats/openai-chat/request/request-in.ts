// A caller's chat-completions request: a quick check for bodies that pass through untouched, and the whole reading
// into the canonical model for all else. Unknown parameters are kept, so that nothing is lost on the way.
import type { ChatRequest, Extra, ResponseFormat, ToolChoice, ToolDefinition } from "../../../contract.ts";
import { providersErrors } from "../../../errors.ts";
import {
  definedOnly,
  type Fields,
  isIntegerFrom,
  isObject,
  missing,
  openFields,
  wrongType,
  noModel,
  noMessages,
} from "../../fields.ts";
import { readMessage } from "./message-in.ts";

export interface ChatBody {
  model: string;
  stream: boolean;
  /** The caller wants the usage event at the end of the stream. */
  includeUsage: boolean;
}

const COUNTS = ["max_tokens", "max_completion_tokens", "n"] as const;

/** Checks what the gateway itself relies on, in about a microsecond; the vendor judges the rest. Throws `providers.bad_request`. */
export function checkChatBody(body: unknown): ChatBody {
  if (!isObject(body)) throw wrongType("", "a JSON object", body);
  const { model, messages, stream, stream_options: streamOptions, tools } = body;
  if (typeof model !== "string" || model === "") throw noModel(model);
  if (!Array.isArray(messages) || messages.length === 0) throw noMessages(messages);
  for (let index = 0; index < messages.length; index += 1) checkMessage(messages[index], index);
  if (stream !== undefined && stream !== null && typeof stream !== "boolean")
    throw wrongType("stream", "true or false", stream);
  const hasOptions = streamOptions !== undefined && streamOptions !== null;
  if (hasOptions && !isObject(streamOptions)) throw wrongType("stream_options", "an object", streamOptions);
  if (tools !== undefined && tools !== null && !Array.isArray(tools)) throw wrongType("tools", "an array", tools);
  for (const key of COUNTS) {
    const count = body[key];
    if (count !== undefined && count !== null && !isIntegerFrom(count, 1))
      throw wrongType(key, "an integer of at least 1", count);
  }
  refuseTwoLimits(body["max_tokens"] ?? undefined, body["max_completion_tokens"] ?? undefined);
  return { model, stream: stream === true, includeUsage: hasOptions && streamOptions["include_usage"] === true };
}

function checkMessage(message: unknown, index: number): void {
  if (!isObject(message)) throw wrongType(`messages.${index}`, "an object with role and content", message);
  if (typeof message["role"] !== "string") throw wrongType(`messages.${index}.role`, "a string", message["role"]);
}

/** The whole request in canonical form. Throws `providers.bad_request`; parameters without a canonical word go to `extra`. */
export function readChatRequest(body: unknown): ChatRequest {
  const fields = openFields(body, "", "a JSON object");
  const model = fields.text("model");
  if (!model) throw noModel(fields.any("model"));
  const messages = fields.list("messages");
  if (messages === undefined || messages.length === 0) throw noMessages(fields.any("messages"));
  const choice = readToolChoice(fields);
  const format = readResponseFormat(fields);
  const logprobs = readLogprobs(fields);
  const metadata = readMetadata(fields);
  const request = definedOnly<ChatRequest>({
    model,
    dialect: "openai-chat",
    messages: messages.map((message, index) => readMessage(message, `messages.${index}`)),
    stream: fields.flag("stream") ?? false,
    max_output_tokens: readOutputLimit(fields),
    temperature: fields.number("temperature"),
    top_p: fields.number("top_p"),
    stop: readStop(fields),
    seed: fields.integer("seed"),
    presence_penalty: fields.number("presence_penalty"),
    frequency_penalty: fields.number("frequency_penalty"),
    choices: fields.integer("n", 1),
    tools: fields.list("tools")?.map((tool, index) => readTool(tool, `tools.${index}`)),
    tool_choice: choice.known,
    parallel_tool_calls: fields.flag("parallel_tool_calls"),
    response_format: format.known,
    reasoning: readReasoning(fields),
    logprobs: logprobs.known,
    service_tier: fields.text("service_tier"),
    metadata: metadata.known,
    user: fields.text("user"),
  });
  const extra = { ...fields.rest(), ...choice.extra, ...format.extra, ...logprobs.extra, ...metadata.extra };
  return Object.keys(extra).length > 0 ? { ...request, extra } : request;
}

function readOutputLimit(fields: Fields): number | undefined {
  const older = fields.integer("max_tokens", 1);
  const newer = fields.integer("max_completion_tokens", 1);
  refuseTwoLimits(older, newer);
  return newer ?? older;
}

// With two different limits, the budget could hold one of them and the vendor obey the other.
function refuseTwoLimits(older: unknown, newer: unknown): void {
  if (older === undefined || newer === undefined || older === newer) return;
  throw providersErrors.bad_request({
    param: "max_tokens",
    problem: "and `max_completion_tokens` say different things",
    fix: "Send `max_completion_tokens` alone.",
  });
}

function readReasoning(fields: Fields): ChatRequest["reasoning"] {
  const effort = fields.text("reasoning_effort");
  return effort === undefined ? undefined : { effort };
}

function readLogprobs(fields: Fields): { known?: { top: number }; extra?: Extra } {
  const [logprobs, top] = [fields.flag("logprobs"), fields.integer("top_logprobs", 0)];
  if (logprobs === true && top !== 0) return { known: { top: top ?? 0 } };
  return { extra: definedOnly({ logprobs, top_logprobs: top }) };
}

function readMetadata(fields: Fields): { known?: Record<string, string>; extra?: Extra } {
  const metadata = fields.object("metadata");
  if (metadata === undefined) return {};
  const isFlat = Object.values(metadata).every((value) => typeof value === "string");
  return isFlat ? { known: metadata as Record<string, string> } : { extra: { metadata } };
}

function readStop(fields: Fields): string[] | undefined {
  const stop = fields.any("stop");
  if (stop === undefined || typeof stop === "string") return stop === undefined ? undefined : [stop];
  if (Array.isArray(stop) && stop.every((each) => typeof each === "string")) return stop;
  throw wrongType("stop", "a string or an array of strings", stop);
}

// Tools that run at the vendor (web search and the like) have no canonical word: they are carried as they came.
function readTool(value: unknown, path: string): ToolDefinition {
  const tool = openFields(value, path, "a tool such as {type: 'function', function: {…}}");
  const type = tool.text("type");
  if (type === undefined) throw missing(tool.at("type"), "for most tools `function`");
  if (type !== "function") return { name: type, extra: value as Extra };
  const wrapped = openFields(tool.any("function"), tool.at("function"), "an object with the function's name");
  const name = wrapped.text("name");
  if (!name) throw missing(wrapped.at("name"), "the function's name");
  const definition = definedOnly<ToolDefinition>({
    name,
    description: wrapped.text("description"),
    parameters: wrapped.object("parameters"),
    strict: wrapped.flag("strict"),
  });
  const inner = wrapped.rest();
  const extra = { ...tool.rest(), ...(inner && { function: inner }) };
  return Object.keys(extra).length > 0 ? { ...definition, extra } : definition;
}

interface Read<T> {
  known?: T;
  extra?: Extra;
}

function readToolChoice(fields: Fields): Read<ToolChoice> {
  const choice = fields.any("tool_choice");
  if (choice === undefined) return {};
  if (choice === "auto" || choice === "none" || choice === "required") return { known: choice };
  if (typeof choice !== "string" && !isObject(choice))
    throw wrongType("tool_choice", "a string or an object naming a function", choice);
  if (isObject(choice) && choice["type"] === "function") {
    const name = openFields(choice["function"], "tool_choice.function", "an object with a name").text("name");
    if (!name) throw missing("tool_choice.function.name", "the name of one of `tools`");
    return { known: { name } };
  }
  return { extra: { tool_choice: choice } };
}

function readResponseFormat(fields: Fields): Read<ResponseFormat> {
  const format = fields.object("response_format");
  if (format === undefined) return {};
  if (format["type"] === "text") return { known: { type: "text" } };
  if (format["type"] === "json_object") return { known: { type: "json" } };
  if (format["type"] !== "json_schema") return { extra: { response_format: format } };
  const schema = openFields(format["json_schema"], "response_format.json_schema", "an object with name and schema");
  const name = schema.text("name");
  if (!name) throw missing(schema.at("name"), "a name for the schema");
  const body = schema.object("schema") ?? {};
  const known = { type: "json_schema" as const, name, schema: body };
  return {
    known: definedOnly<Extract<ResponseFormat, { type: "json_schema" }>>({
      ...known,
      strict: schema.flag("strict"),
      description: schema.text("description"),
    }),
  };
}
