// A caller's Converse request in canonical form. Model and streaming stand in the address; they are found beside the rest.
// Parameters without a canonical word are kept in `extra`, under Bedrock's names, so that nothing is lost on the way.
import type { ChatRequest, Extra, ResponseFormat } from "../../../contract.ts";
import { definedOnly, type Fields, isObject, missing, openFields, wrongType } from "../../fields.ts";
import { familyOf } from "../models/families.ts";
import { readSystem, readTurn } from "./message-in.ts";
import { readModelFields } from "../models/fields-in.ts";
import { bedrockQuirks } from "../models/quirks.ts";
import { readToolConfig } from "./tool-in.ts";

/** Throws `providers.bad_request`. */
export function readConverseRequest(body: unknown): ChatRequest {
  const fields = openFields(body, "", "a JSON object");
  const model = fields.text("model");
  if (!model) throw missing("model", "the name of a route or a model; GET /v1/models lists them");
  const messages = fields.list("messages");
  if (messages === undefined || messages.length === 0)
    throw missing("messages", 'an array such as [{"role":"user","content":[{"text":"Hello"}]}]');
  const system = readSystem(fields);
  const config = readInferenceConfig(fields);
  const tools = readToolConfig(fields);
  const own = readModelFields(fields, familyOf(model, bedrockQuirks));
  const output = readOutputConfig(fields);
  const tier = readTier(fields);
  const request = definedOnly<ChatRequest>({
    model,
    dialect: "bedrock-converse",
    messages: [...(system ? [system] : []), ...messages.flatMap((turn, index) => readTurn(turn, `messages.${index}`))],
    stream: fields.flag("stream") ?? false,
    ...config.said,
    top_k: own.top_k,
    tools: tools.tools,
    tool_choice: tools.tool_choice,
    response_format: output.format,
    reasoning: own.reasoning,
    service_tier: tier.name,
    metadata: readMetadata(fields),
  });
  const extra = definedOnly<Extra>({
    ...fields.rest(),
    inferenceConfig: config.extra,
    toolConfig: tools.extra,
    additionalModelRequestFields: own.extra,
    outputConfig: output.extra,
    serviceTier: tier.extra,
  });
  return Object.keys(extra).length > 0 ? { ...request, extra } : request;
}

/** The same where tokens are to be counted: the request stands within. Throws `providers.bad_request`. */
export function readCountRequest(body: unknown): ChatRequest {
  const { input, ...beside } = isObject(body) ? body : {};
  const converse = isObject(input) ? input["converse"] : undefined;
  if (!isObject(converse)) throw missing("input.converse", "what is to be counted: messages, and what goes with them");
  return readConverseRequest({ ...converse, ...beside });
}

type Said = Pick<ChatRequest, "max_output_tokens" | "temperature" | "top_p" | "stop">;

function readInferenceConfig(fields: Fields): { said: { [K in keyof Said]: Said[K] | undefined }; extra?: Extra } {
  const given = fields.object("inferenceConfig");
  if (given === undefined) return { said: {} };
  const config = openFields(given, "inferenceConfig", "an object");
  const said = {
    max_output_tokens: config.integer("maxTokens", 0),
    temperature: config.number("temperature"),
    top_p: config.number("topP"),
    stop: readStop(config),
  };
  const extra = config.rest();
  return extra ? { said, extra } : { said };
}

function readStop(config: Fields): string[] | undefined {
  const stop = config.list("stopSequences");
  if (stop === undefined || stop.every((each) => typeof each === "string")) return stop;
  const other = stop.find((each) => typeof each !== "string");
  throw wrongType(config.at("stopSequences"), "an array of strings", other);
}

/** Others ask for a name of each schema. */
const SCHEMA_NAME = "answer";

function readOutputConfig(fields: Fields): { format?: ResponseFormat; extra?: Extra } {
  const config = fields.object("outputConfig");
  if (config === undefined) return {};
  const { textFormat, ...more } = config;
  const format = readFormat(textFormat);
  if (!format) return { extra: config };
  return Object.keys(more).length > 0 ? { format, extra: more } : { format };
}

function readFormat(value: unknown): ResponseFormat | undefined {
  const structure = isObject(value) && value["type"] === "json_schema" ? value["structure"] : undefined;
  const given = isObject(structure) ? structure["jsonSchema"] : undefined;
  if (!isObject(given)) return undefined;
  const { schema: text, name, description, ...more } = given;
  const schema = typeof text === "string" ? parse(text) : undefined;
  if (!isObject(schema))
    throw wrongType("outputConfig.textFormat.structure.jsonSchema.schema", "the text of a JSON schema", text);
  if (Object.keys(more).length > 0) return undefined;
  return definedOnly<ResponseFormat>({
    type: "json_schema",
    name: typeof name === "string" ? name : SCHEMA_NAME,
    schema,
    description: typeof description === "string" ? description : undefined,
  });
}

function readTier(fields: Fields): { name?: string; extra?: Extra } {
  const tier = fields.object("serviceTier");
  if (tier === undefined) return {};
  const { type } = tier;
  return typeof type === "string" && Object.keys(tier).length === 1 ? { name: type } : { extra: tier };
}

function readMetadata(fields: Fields): Record<string, string> | undefined {
  const given = fields.object("requestMetadata");
  const odd = Object.entries(given ?? {}).find(([, value]) => typeof value !== "string");
  if (odd) throw wrongType(`requestMetadata.${odd[0]}`, "a string", odd[1]);
  return given as Record<string, string> | undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
