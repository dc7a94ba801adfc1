// What a function gave, both directions: an object here, text in the canonical model. A failure stands under `error`.
import type { Extra, Message, Part } from "../../../contract.ts";
import { definedOnly, isObject, openFields } from "../../fields.ts";
import { idForVendor, makeCallId } from "../parts/call-ids.ts";
import { objectFromText } from "../parts/json-object.ts";
import { readPart, restOf, withRest } from "../parts/read-part.ts";

/** A call that nobody has answered yet. */
export interface OpenCall {
  id: string;
  name: string;
}

/** A message of role `tool`. The call that it answers is taken from `open`: by id, else the first of that name. Throws `providers.bad_request`. */
export function readFunctionResponse(said: Extra, path: string, open: OpenCall[]): Message {
  const fields = openFields(said["functionResponse"], `${path}.functionResponse`, "an object with name and response");
  const [id, name = ""] = [fields.text("id") || undefined, fields.text("name")];
  const call = takeCall(open, id, name);
  const response = fields.object("response") ?? {};
  const media = fields.list("parts")?.filter(isObject) ?? [];
  const more = fields.rest();
  const extra = { ...restOf(said, ["functionResponse"]), ...(more && { functionResponse: more }) };
  const { text, isError } = readResponse(response);
  return definedOnly<Message>({
    role: "tool",
    tool_call_id: call?.id ?? id ?? makeCallId("result", name),
    name: call?.name === name || name === "" ? undefined : name,
    is_error: isError || undefined,
    parts: [{ type: "text", text }, ...media.flatMap((part) => readPart(part, { place: "code", count: 0 }))],
    extra: Object.keys(extra).length > 0 ? extra : undefined,
  });
}

function takeCall(open: OpenCall[], id: string | undefined, name: string): OpenCall | undefined {
  const place = open.findIndex((each) => (id === undefined ? each.name === name : each.id === id));
  return place < 0 ? undefined : open.splice(place, 1)[0];
}

/** Google's own words for it are `output` and `error`; a text under one of them alone is the text. */
function readResponse(response: Extra): { text: string; isError: boolean } {
  const { error = null, output } = response;
  const isError = error !== null;
  const isAlone = Object.keys(response).length === 1;
  const alone = isError ? error : output;
  const isPlain = typeof alone === "string" && (alone === "" || objectFromText(alone) === undefined);
  if (isAlone && isPlain) return { text: alone, isError };
  return { text: JSON.stringify(response), isError };
}

export interface ResultOptions {
  /** Of the function that was called. */
  name: string;
  /** Pictures and the like, as Google says them. */
  media: Extra[];
  extra: Extra | undefined;
}

/** The part for a vendor. */
export function writeFunctionResponse(message: Message, { name, media, extra }: ResultOptions): Extra {
  const text = message.parts.map(textOfPart).join("");
  const said = {
    ...idForVendor(message.tool_call_id ?? ""),
    name,
    response: writeResponse(text, message.is_error === true),
    ...(media.length > 0 && { parts: media }),
  };
  return withRest({ functionResponse: said }, extra);
}

function writeResponse(text: string, isError: boolean): Extra {
  const object = text === "" ? undefined : objectFromText(text);
  if (!isError) return object ?? { output: text };
  return object && "error" in object ? object : { error: object ?? text };
}

function textOfPart(part: Part): string {
  return part.type === "text" || part.type === "refusal" ? part.text : "";
}
