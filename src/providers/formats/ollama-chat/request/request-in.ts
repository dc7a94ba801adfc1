// A caller's chat request in canonical form. What the canonical model has no word for, such as `keep_alive` and most of `options`,
// is kept in `extra` under Ollama's names.
import type { ChatRequest, Extra, ResponseFormat } from "../../../contract.ts";
import { definedOnly, type Fields, isObject, openFields, wrongType, noModel, noMessages } from "../../fields.ts";
import { readThink } from "../thinking.ts";
import { readMessages } from "./message-in.ts";
import { readOptions } from "./options-in.ts";
import { readFunctionTool } from "../../function-tool.ts";

/** Throws `providers.bad_request`. */
export function readOllamaRequest(body: unknown): ChatRequest {
  const fields = openFields(body, "", "a JSON object");
  const model = fields.text("model");
  if (!model) throw noModel(fields.any("model"));
  const given = fields.list("messages");
  if (given === undefined || given.length === 0) throw noMessages(fields.any("messages"));
  const messages = readMessages(given);
  const { options, ...sampling } = readOptions(fields);
  const logprobs = readLogprobs(fields);
  const request = definedOnly<ChatRequest>({
    model,
    dialect: "ollama-chat",
    messages,
    // Who says nothing is streamed to.
    stream: fields.flag("stream") ?? true,
    ...sampling,
    tools: fields.list("tools")?.map((tool, index) => readFunctionTool(tool, `tools.${index}`)),
    response_format: readFormat(fields),
    reasoning: readThink(fields),
    logprobs: logprobs.known,
  });
  const extra = { ...fields.rest(), ...logprobs.extra, ...(options && { options }) };
  return Object.keys(extra).length > 0 ? { ...request, extra } : request;
}

/** Ollama gives its schemas no name; others ask for one. */
const SCHEMA_NAME = "answer";

function readFormat(fields: Fields): ResponseFormat | undefined {
  const format = fields.any("format");
  if (format === undefined || format === "") return undefined;
  if (format === "json") return { type: "json" };
  if (isObject(format)) return { type: "json_schema", name: SCHEMA_NAME, schema: format };
  throw wrongType("format", "`json` or a JSON schema", format);
}

function readLogprobs(fields: Fields): { known?: { top: number }; extra?: Extra } {
  const [logprobs, top] = [fields.flag("logprobs"), fields.integer("top_logprobs", 0)];
  if (logprobs === true) return { known: { top: top ?? 0 } };
  return { extra: definedOnly<Extra>({ logprobs, top_logprobs: top }) };
}
