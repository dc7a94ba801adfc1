// A caller's Messages request in canonical form. Parameters without a canonical word are kept in `extra`, under
// Anthropic's names, so that nothing is lost on the way.
import type { ChatRequest, Extra, ResponseFormat } from "../../../contract.ts";
import {
  definedOnly,
  type Fields,
  isObject,
  missing,
  openFields,
  wrongType,
  noModel,
  noMessages,
} from "../../fields.ts";
import { readSystem, readTurn } from "./message-in.ts";
import { readThinking } from "./thinking.ts";
import { readTool, readToolChoice } from "./tool-in.ts";

/** Throws `providers.bad_request`. */
export function readMessagesRequest(body: unknown): ChatRequest {
  const request = readCountRequest(body);
  if (request.max_output_tokens === undefined)
    throw missing("max_tokens", "how many tokens the answer may have, such as 1024");
  return request;
}

/** The same for counting tokens, where there is no answer that could have a limit. Throws `providers.bad_request`. */
export function readCountRequest(body: unknown): ChatRequest {
  const fields = openFields(body, "", "a JSON object");
  const model = fields.text("model");
  if (!model) throw noModel(fields.any("model"));
  const messages = fields.list("messages");
  if (messages === undefined || messages.length === 0) throw noMessages(fields.any("messages"));
  const system = readSystem(fields);
  const config = readOutputConfig(fields);
  const thinking = readThinking(fields, config.effort);
  const choice = readToolChoice(fields);
  const metadata = readMetadata(fields);
  const request = definedOnly<ChatRequest>({
    model,
    dialect: "anthropic-messages",
    messages: [...(system ? [system] : []), ...messages.flatMap((turn, index) => readTurn(turn, `messages.${index}`))],
    stream: fields.flag("stream") ?? false,
    max_output_tokens: fields.integer("max_tokens", 0),
    temperature: fields.number("temperature"),
    top_p: fields.number("top_p"),
    top_k: fields.integer("top_k"),
    stop: readStop(fields),
    tools: fields.list("tools")?.map((tool, index) => readTool(tool, `tools.${index}`)),
    tool_choice: choice.tool_choice,
    parallel_tool_calls: choice.parallel_tool_calls,
    response_format: config.format,
    reasoning: thinking.reasoning,
    service_tier: readTier(fields),
    user: metadata.user,
  });
  const outputConfig = { ...config.extra, ...(thinking.extra?.["output_config"] as Extra | undefined) };
  const extra = {
    ...fields.rest(),
    ...choice.extra,
    ...thinking.extra,
    ...metadata.extra,
    ...(Object.keys(outputConfig).length > 0 && { output_config: outputConfig }),
  };
  return Object.keys(extra).length > 0 ? { ...request, extra } : request;
}

function readStop(fields: Fields): string[] | undefined {
  const stop = fields.list("stop_sequences");
  if (stop === undefined || stop.every((each) => typeof each === "string")) return stop;
  throw wrongType(
    "stop_sequences",
    "an array of strings",
    stop.find((each) => typeof each !== "string"),
  );
}

interface OutputConfig {
  effort?: string;
  format?: ResponseFormat;
  /** The rest of `output_config`. */
  extra?: Extra;
}

// `output_format` is what `output_config.format` was called at first.
function readOutputConfig(fields: Fields): OutputConfig {
  const older = fields.object("output_format");
  const config = fields.object("output_config");
  const { effort = null, format = older ?? null, ...more } = config ?? {};
  if (effort !== null && typeof effort !== "string") throw wrongType("output_config.effort", "a string", effort);
  if (format !== null && !isObject(format)) throw wrongType("output_config.format", "an object", format);
  const read = format === null ? undefined : readFormat(format);
  const extra = format !== null && read === undefined ? { ...more, format } : more;
  return definedOnly<OutputConfig>({
    effort: effort ?? undefined,
    format: read,
    extra: Object.keys(extra).length > 0 ? extra : undefined,
  });
}

/** Anthropic gives its schemas no name; others ask for one. */
const SCHEMA_NAME = "answer";

function readFormat({ type, schema, ...more }: Extra): ResponseFormat | undefined {
  if (type !== "json_schema" || Object.keys(more).length > 0) return undefined;
  if (!isObject(schema)) throw wrongType("output_config.format.schema", "a JSON schema", schema);
  return { type, name: SCHEMA_NAME, schema };
}

function readMetadata(fields: Fields): { user?: string; extra?: Extra } {
  const metadata = fields.object("metadata");
  if (metadata === undefined) return {};
  const { user_id: user = null, ...more } = metadata;
  if (user !== null && typeof user !== "string") throw wrongType("metadata.user_id", "a string", user);
  return {
    ...(user !== null && { user }),
    ...(Object.keys(more).length > 0 && { extra: { metadata: more } }),
  };
}

/** `default` is what the others call a tier that is never paid extra for. */
function readTier(fields: Fields): string | undefined {
  const tier = fields.text("service_tier");
  return tier === "standard_only" ? "default" : tier;
}
