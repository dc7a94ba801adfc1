// A caller's chat request in canonical form. Parameters without a canonical word are kept in `extra`, under Cohere's names, so
// that nothing is lost on the way. Documents are read with the last thing that the user said.
import type { ChatRequest, Extra, Message, Part, ResponseFormat } from "../../../contract.ts";
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
import { textOfDocument } from "../documents.ts";
import { readMessage } from "./message-in.ts";
import { readThinking } from "./thinking.ts";
import { readTools } from "./tool-in.ts";

/** Throws `providers.bad_request`. */
export function readCohereRequest(body: unknown): ChatRequest {
  const fields = openFields(body, "", "a JSON object");
  const model = fields.text("model");
  if (!model) throw noModel(fields.any("model"));
  const given = fields.list("messages");
  if (given === undefined || given.length === 0) throw noMessages(fields.any("messages"));
  const { messages, extra: homeless } = withDocuments(
    given.map((message, index) => readMessage(message, `messages.${index}`)),
    fields,
  );
  const { extra: unsaid, ...tools } = readTools(fields);
  const format = readFormat(fields);
  const thinking = readThinking(fields);
  const request = definedOnly<ChatRequest>({
    model,
    dialect: "cohere-chat",
    messages,
    stream: fields.flag("stream") ?? false,
    max_output_tokens: fields.integer("max_tokens", 0),
    temperature: fields.number("temperature"),
    top_p: fields.number("p"),
    top_k: fields.integer("k"),
    stop: readStop(fields),
    seed: fields.integer("seed"),
    presence_penalty: fields.number("presence_penalty"),
    frequency_penalty: fields.number("frequency_penalty"),
    tools: tools.tools,
    tool_choice: tools.tool_choice,
    response_format: format.format,
    reasoning: thinking.reasoning,
    logprobs: fields.flag("logprobs") ? { top: 0 } : undefined,
  });
  const extra = { ...fields.rest(), ...homeless, ...unsaid, ...format.extra, ...thinking.extra };
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

/** Each document is a text before what the user said last, remembered by `documents`. */
function withDocuments(messages: Message[], fields: Fields): { messages: Message[]; extra?: Extra } {
  const documents = fields.list("documents");
  if (!documents?.length) return { messages };
  const parts = documents.map((document, index): Part => {
    if (typeof document !== "string" && !isObject(document))
      throw wrongType(`documents.${index}`, "a string or an object with `data`", document);
    return { type: "text", text: textOfDocument(document), extra: { documents: document } };
  });
  const last = messages.findLastIndex(({ role }) => role === "user");
  if (last < 0) return { messages, extra: { documents } };
  return {
    messages: messages.map((message, index) =>
      index === last ? { ...message, parts: [...parts, ...message.parts] } : message,
    ),
  };
}

/** Cohere gives its schemas no name; others ask for one. */
const SCHEMA_NAME = "answer";

/** The schema was called `schema` at first. */
function readFormat(fields: Fields): { format?: ResponseFormat; extra?: Extra } {
  const said = fields.object("response_format");
  if (said === undefined) return {};
  const { type, schema: older = null, json_schema: schema = older, ...more } = said;
  if (typeof type !== "string") throw missing("response_format.type", "`json_object` or `text`");
  if (schema !== null && !isObject(schema)) throw wrongType("response_format.json_schema", "a JSON schema", schema);
  if (Object.keys(more).length > 0) return { extra: { response_format: said } };
  if (type === "text" && schema === null) return { format: { type } };
  if (type !== "json_object") return { extra: { response_format: said } };
  return { format: schema === null ? { type: "json" } : { type: "json_schema", name: SCHEMA_NAME, schema } };
}
