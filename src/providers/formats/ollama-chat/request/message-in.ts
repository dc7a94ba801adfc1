// A caller's conversation. Calls and their results are paired here: by id where Ollama gave one, else by the tool's name and order.
import type { Extra, Message, Part, ToolCall } from "../../../contract.ts";
import { definedOnly, type Fields, isObject, missing, openFields, wrongType } from "../../fields.ts";
import { idForVendor, makeCallId } from "../call-ids.ts";
import { readPicture } from "../pictures.ts";

const ROLES = ["system", "user", "assistant", "tool"] as const;

interface Reading {
  /** Calls so far. */
  count: number;
  /** Those that nobody has answered yet. */
  open: ToolCall[];
}

/** Throws `providers.bad_request`. */
export function readMessages(values: readonly unknown[]): Message[] {
  const reading: Reading = { count: 0, open: [] };
  return values.map((value, index) => readMessage(value, `messages.${index}`, reading));
}

function readMessage(value: unknown, path: string, reading: Reading): Message {
  const fields = openFields(value, path, "an object with role and content");
  const said = fields.any("role");
  const word = typeof said === "string" ? said.toLowerCase() : said;
  const role = ROLES.find((each) => each === word);
  if (role === undefined) throw wrongType(fields.at("role"), `one of ${ROLES.join(", ")}`, said);
  const parts = readParts(fields);
  const calls = fields
    .list("tool_calls")
    ?.map((call, index) => readCall(call, fields.at(`tool_calls.${index}`), reading));
  const answered = role === "tool" ? readAnswered(fields, reading) : {};
  return definedOnly<Message>({
    role,
    parts,
    tool_calls: calls && calls.length > 0 ? calls : undefined,
    ...answered,
    extra: fields.rest(),
  });
}

function readParts(fields: Fields): Part[] {
  const [thinking, content] = [fields.text("thinking"), fields.text("content")];
  const pictures = fields.list("images")?.map((each, index): Part => {
    if (typeof each !== "string") throw wrongType(fields.at(`images.${index}`), "a picture as base64", each);
    return readPicture(each);
  });
  return [
    ...(thinking ? [{ type: "reasoning", text: thinking } as const] : []),
    ...(content ? [{ type: "text", text: content } as const] : []),
    ...(pictures ?? []),
  ];
}

function readCall(value: unknown, path: string, reading: Reading): ToolCall {
  const call = openFields(value, path, "a tool call");
  call.text("type");
  const given = call.any("function");
  if (given === undefined) throw missing(call.at("function"), "an object with name and arguments");
  const inner = openFields(given, call.at("function"), "an object with name and arguments");
  const id = call.text("id") || makeCallId("call", reading.count);
  // Its place in the list, said again.
  inner.any("index");
  const read = { id, name: inner.needed("name"), arguments: readArguments(inner) };
  const more = inner.rest();
  const extra: Extra = { ...call.rest(), ...(more && { function: more }) };
  const whole = Object.keys(extra).length > 0 ? { ...read, extra } : read;
  reading.count += 1;
  reading.open.push(whole);
  return whole;
}

function readArguments(inner: Fields): string {
  const given = inner.any("arguments") ?? {};
  if (!isObject(given)) throw wrongType(inner.at("arguments"), "an object", given);
  return JSON.stringify(given);
}

/** Whose result it is: by its id, else the first open call of that name, else the first of all. */
function readAnswered(fields: Fields, { open, count }: Reading): Pick<Message, "tool_call_id" | "name"> {
  const [id, name] = [fields.text("tool_call_id") || undefined, fields.text("tool_name") || undefined];
  const place = open.findIndex((call) =>
    id === undefined ? name === undefined || call.name === name : call.id === id,
  );
  const [call] = place < 0 ? [] : open.splice(place, 1);
  return definedOnly({
    tool_call_id: call?.id ?? id ?? makeCallId("result", count, name ?? ""),
    // What the call says already need not be said again.
    name: name === call?.name && idForVendor(call?.id) === undefined ? undefined : name,
  });
}
