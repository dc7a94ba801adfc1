// A caller's generateContent request in canonical form. Model and stream stand in Google's addresses; whoever calls this has put
// them beside the rest. What has no canonical word is kept in `extra`, under Google's names in camelCase.
import type { ChatRequest, Extra, ResponseFormat } from "../../../contract.ts";
import { definedOnly, type Fields, isObject, missing, openFields, wrongType } from "../../fields.ts";
import { camelKeys } from "../camel-keys.ts";
import { schemaFromOpenApi } from "../schema.ts";
import { readContents, readInstructions } from "./content-in.ts";
import { readThinking } from "./thinking.ts";
import { readToolChoice, readTools } from "./tool-in.ts";

/** Throws `providers.bad_request`. */
export function readGeminiRequest(body: unknown): ChatRequest {
  const fields = openFields(camelKeys(body), "", "a JSON object");
  const model = readModel(fields);
  const contents = fields.list("contents");
  if (contents === undefined || contents.length === 0) throw noContents(fields.any("contents"));
  const system = readInstructions(fields);
  const config = readConfig(fields);
  const choice = readToolChoice(fields);
  const labels = fields.object("labels");
  const hasPlainLabels = labels !== undefined && Object.values(labels).every((each) => typeof each === "string");
  const request = definedOnly<ChatRequest>({
    model,
    dialect: "gemini",
    messages: [...(system ? [system] : []), ...readContents(contents)],
    stream: fields.flag("stream") ?? false,
    ...config.request,
    tools: readTools(fields),
    tool_choice: choice.tool_choice,
    service_tier: fields.text("serviceTier"),
    metadata: hasPlainLabels ? (labels as Record<string, string>) : undefined,
  } as ChatRequest);
  const extra = {
    ...fields.rest(),
    ...(labels && !hasPlainLabels && { labels }),
    ...(choice.extra && { toolConfig: choice.extra }),
    ...(config.extra && { generationConfig: config.extra }),
  };
  return Object.keys(extra).length > 0 ? { ...request, extra } : request;
}

/** A request to count tokens: the contents alone, or the whole request within. Throws `providers.bad_request`. */
export function readCountRequest(body: unknown): ChatRequest {
  const fields = openFields(camelKeys(body), "", "a JSON object");
  const within = fields.object("generateContentRequest");
  return readGeminiRequest(within === undefined ? body : { ...within, model: fields.any("model") ?? within["model"] });
}

function readModel(fields: Fields): string {
  const model = fields.text("model")?.replace(/^models\//, "");
  if (model) return model;
  throw missing("model", "in the address, the name of a route or a model; GET /v1/models lists them");
}

function noContents(found: unknown) {
  return found === undefined
    ? missing("contents", 'an array such as [{"role":"user","parts":[{"text":"Hello"}]}]')
    : wrongType("contents", "a non-empty array of contents", found);
}

interface ReadConfig {
  request: Partial<ChatRequest>;
  /** The rest of `generationConfig`. */
  extra?: Extra;
}

function readConfig(top: Fields): ReadConfig {
  const fields = openFields(top.object("generationConfig") ?? {}, "generationConfig", "an object");
  const thinking = readThinking(fields.object("thinkingConfig"));
  const format = readFormat(fields);
  const request = definedOnly<Partial<ChatRequest>>({
    max_output_tokens: fields.integer("maxOutputTokens"),
    temperature: fields.number("temperature"),
    top_p: fields.number("topP"),
    top_k: fields.number("topK"),
    stop: readStop(fields),
    seed: fields.integer("seed"),
    presence_penalty: fields.number("presencePenalty"),
    frequency_penalty: fields.number("frequencyPenalty"),
    choices: fields.integer("candidateCount"),
    response_format: format.format,
    reasoning: thinking.reasoning,
    logprobs: readLogprobs(fields),
  });
  const { responseModalities: modalities, ...rest } = fields.rest() ?? {};
  const extra = {
    ...rest,
    ...format.extra,
    ...(thinking.extra && { thinkingConfig: thinking.extra }),
    ...(modalities !== undefined && !isTextAlone(modalities) && { responseModalities: modalities }),
  };
  return { request, ...(Object.keys(extra).length > 0 && { extra }) };
}

/** Text is what is answered anyway. */
function isTextAlone(modalities: unknown): boolean {
  return Array.isArray(modalities) && modalities.every((each) => each === "TEXT");
}

function readStop(fields: Fields): string[] | undefined {
  const stop = fields.list("stopSequences");
  if (stop === undefined || stop.every((each) => typeof each === "string")) return stop;
  throw wrongType(
    fields.at("stopSequences"),
    "an array of strings",
    stop.find((each) => typeof each !== "string"),
  );
}

function readLogprobs(fields: Fields): { top: number } | undefined {
  const isAsked = fields.flag("responseLogprobs");
  const top = fields.integer("logprobs", 0);
  return isAsked ? { top: top ?? 0 } : undefined;
}

/** Gemini gives its schemas no name; others ask for one. */
const SCHEMA_NAME = "answer";

function readFormat(fields: Fields): { format?: ResponseFormat; extra?: Extra } {
  const type = fields.text("responseMimeType");
  const openApi = fields.object("responseSchema");
  const json = fields.any("responseJsonSchema");
  if (json !== undefined && !isObject(json)) throw wrongType(fields.at("responseJsonSchema"), "a JSON schema", json);
  const schema = json ?? (openApi && (schemaFromOpenApi(openApi) as Extra));
  if (type === "application/json")
    return { format: schema ? { type: "json_schema", name: SCHEMA_NAME, schema } : { type: "json" } };
  if (type === "text/plain" && !schema) return { format: { type: "text" } };
  const extra = definedOnly<Extra>({ responseMimeType: type, responseSchema: openApi, responseJsonSchema: json });
  return Object.keys(extra).length > 0 ? { extra } : {};
}
