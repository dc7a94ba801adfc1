// One message of a caller's request: its role, its parts and its tool calls. Parts that the canonical model has no
// word for (a vendor's video, say) are carried as they came.
import type { Extra, Message, Part, ToolCall } from "../../../contract.ts";
import { definedOnly, type Fields, isObject, missing, openFields, wrongType } from "../../fields.ts";

const ROLES = ["system", "developer", "user", "assistant", "tool"] as const;

/** Throws `providers.bad_request`. `path` is where the message stands, such as `messages.0`. */
export function readMessage(value: unknown, path: string): Message {
  const fields = openFields(value, path, "an object with role and content");
  const role = ROLES.find((each) => each === fields.any("role"));
  if (role === undefined) throw wrongType(fields.at("role"), `one of ${ROLES.join(", ")}`, fields.any("role"));
  const parts = readContent(fields);
  if (parts === undefined && role !== "assistant") throw missing(fields.at("content"), "a string or an array of parts");
  const spoken = role === "assistant" ? readSpoken(fields) : { before: [], after: [] };
  const toolCallId = role === "tool" ? fields.text("tool_call_id") : undefined;
  if (role === "tool" && toolCallId === undefined)
    throw missing(fields.at("tool_call_id"), "the id of the tool call that this message answers");
  const calls = role === "assistant" ? fields.list("tool_calls") : undefined;
  return definedOnly<Message>({
    role,
    parts: [...spoken.before, ...(parts ?? []), ...spoken.after],
    name: fields.text("name"),
    tool_calls: calls?.map((call, index) => readToolCall(call, fields.at(`tool_calls.${index}`))),
    tool_call_id: toolCallId,
    extra: fields.rest(),
  });
}

/** What an earlier answer holds beside its content: reasoning goes before it, a refusal after. */
function readSpoken(fields: Fields): { before: Part[]; after: Part[] } {
  const reasoning = fields.text("reasoning_content") ?? readPlainReasoning(fields);
  const refusal = fields.text("refusal");
  return {
    before: reasoning ? [{ type: "reasoning", text: reasoning }] : [],
    after: refusal ? [{ type: "refusal", text: refusal }] : [],
  };
}

// Some vendors call it `reasoning`; where it is not text it stays among the extras.
function readPlainReasoning(fields: Fields): string | undefined {
  return fields.peek("reasoning") === "string" ? fields.text("reasoning") : undefined;
}

function readContent(fields: Fields): Part[] | undefined {
  const content = fields.any("content");
  if (content === undefined) return undefined;
  if (typeof content === "string") return [{ type: "text", text: content }];
  if (!Array.isArray(content)) throw wrongType(fields.at("content"), "a string or an array of parts", content);
  return content.map((part, index) => readPart(part, fields.at(`content.${index}`)));
}

function readPart(value: unknown, path: string): Part {
  const part = openFields(value, path, "a part such as {type: 'text', text: '…'}");
  const type = part.text("type");
  switch (type) {
    case undefined:
      throw missing(part.at("type"), "`text`, `image_url`, `input_audio` or `file`");
    case "text":
      return withExtra({ type: "text", text: part.needed("text") }, part.rest());
    case "refusal":
      return withExtra({ type: "refusal", text: part.needed("refusal") }, part.rest());
    case "image_url":
      return readImage(part);
    case "input_audio": {
      const audio = openFields(part.any(type), part.at(type), "an object with data and format");
      const read = { type: "audio" as const, data: audio.needed("data"), format: audio.needed("format") };
      return withExtra(read, bothRests(part, type, audio));
    }
    case "file":
      return readFile(part);
    case "thinking":
      return readThinking(part, value as Extra);
    default:
      return { type: "other", extra: value as Extra };
  }
}

function readImage(part: Fields): Part {
  if (part.peek("image_url") === "string")
    return withExtra({ type: "image", url: part.needed("image_url") }, part.rest());
  const image = openFields(part.any("image_url"), part.at("image_url"), "an object with the image's url");
  const read = definedOnly<Extract<Part, { type: "image" }>>({
    type: "image",
    url: image.needed("url"),
    detail: image.text("detail"),
  });
  return withExtra(read, bothRests(part, "image_url", image));
}

function readFile(part: Fields): Part {
  const file = openFields(part.any("file"), part.at("file"), "an object with file_id or file_data");
  const read = definedOnly<Extract<Part, { type: "file" }>>({
    type: "file",
    file_id: file.text("file_id"),
    filename: file.text("filename"),
    data: file.text("file_data"),
  });
  return withExtra(read, bothRests(part, "file", file));
}

// Mistral's own part. How it was cut into pieces is kept; one that is not made of text alone is carried as it came.
function readThinking(part: Fields, whole: Extra): Part {
  const pieces = part.any("thinking");
  if (!Array.isArray(pieces) || !pieces.every(isTextPiece)) return { type: "other", extra: whole };
  const text = pieces.map((piece) => piece.text).join("");
  const extra = { ...part.rest(), ...(pieces.length > 1 && { thinking: pieces }) };
  return withExtra({ type: "reasoning", text }, Object.keys(extra).length > 0 ? extra : undefined);
}

function isTextPiece(piece: unknown): piece is { text: string } {
  return isObject(piece) && piece["type"] === "text" && typeof piece["text"] === "string";
}

function readToolCall(value: unknown, path: string): ToolCall {
  const call = openFields(value, path, "a tool call with id and function");
  const id = call.needed("id");
  const isCustom = call.peek("custom") === "object";
  const key = isCustom ? "custom" : "function";
  const said = openFields(call.any(key), call.at(key), "an object with name and arguments");
  call.any("type");
  const read = { id, name: said.needed("name"), arguments: said.needed(isCustom ? "input" : "arguments") };
  const extra = { ...(isCustom && { type: "custom" }), ...bothRests(call, key, said) };
  return withExtra(read, Object.keys(extra).length > 0 ? extra : undefined);
}

function bothRests(outer: Fields, key: string, inner: Fields): Extra | undefined {
  const within = inner.rest();
  return within ? { ...outer.rest(), [key]: within } : outer.rest();
}

function withExtra<T extends object>(value: T, extra: Extra | undefined): T & { extra?: Extra } {
  return extra ? { ...value, extra } : value;
}
