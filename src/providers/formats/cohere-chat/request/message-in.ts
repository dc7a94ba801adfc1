// One message of a caller's conversation. What an assistant planned before it called its tools is its first text; text of its
// own beside calls, which is rare, is marked with its `type`. Citations stay with the text that they are of.
import type { Citation, Extra, Message, Part, ToolCall } from "../../../contract.ts";
import { definedOnly, type Fields, missing, openFields, wrongType } from "../../fields.ts";
import { isOfThinking, readCitation } from "../citations.ts";
import { readContent } from "./content-in.ts";

const ROLES = ["system", "user", "assistant", "tool"] as const;

/** Throws `providers.bad_request`. `path` is where the message stands, such as `messages.0`. */
export function readMessage(value: unknown, path: string): Message {
  const fields = openFields(value, path, "an object with role and content");
  const said = fields.any("role");
  const role = ROLES.find((each) => each === said);
  if (role === undefined) throw wrongType(fields.at("role"), `one of ${ROLES.join(", ")}`, said);
  const parts = readContent(fields);
  if (role === "assistant") return readAnswer(fields, parts ?? []);
  if (parts === undefined) throw missing(fields.at("content"), "a string or an array of content blocks");
  const callId = role === "tool" ? fields.needed("tool_call_id") : undefined;
  return definedOnly<Message>({ role, parts, tool_call_id: callId, extra: fields.rest() });
}

function readAnswer(fields: Fields, content: Part[]): Message {
  const calls = fields.list("tool_calls")?.map((call, index) => readCall(call, fields.at(`tool_calls.${index}`)));
  const plan = fields.text("tool_plan");
  const hasCalls = calls !== undefined && calls.length > 0;
  const marked = hasCalls ? content.map(markText) : content;
  const parts: Part[] = [...marked];
  if (plan) parts.unshift({ type: "text", text: plan, ...(!hasCalls && { extra: { type: "tool_plan" } }) });
  const homeless = placeCitations(fields, parts);
  const extra = { ...fields.rest(), ...(homeless.length > 0 && { citations: homeless }) };
  return definedOnly<Message>({
    role: "assistant",
    parts,
    tool_calls: hasCalls ? calls : undefined,
    extra: Object.keys(extra).length > 0 ? extra : undefined,
  });
}

function markText(part: Part): Part {
  return part.type === "text" ? { ...part, extra: { type: "text", ...part.extra } } : part;
}

/** Gives each citation to its text; those of thinking, or of no text, come back as they were. */
function placeCitations(fields: Fields, parts: Part[]): unknown[] {
  const homeless: unknown[] = [];
  for (const [index, value] of (fields.list("citations") ?? []).entries()) {
    const citation = readCitation(value);
    if (!citation) throw wrongType(fields.at(`citations.${index}`), "an object with start, end and sources", value);
    const text = isOfThinking(citation) ? undefined : textFor(citation, parts);
    if (text) text.citations = [...(text.citations ?? []), citation];
    else homeless.push(value);
  }
  return homeless;
}

function textFor({ extra }: Citation, parts: Part[]): Extract<Part, { type: "text" }> | undefined {
  const isOfPlan = extra?.["type"] === "PLAN";
  return isOfPlan ? parts.find(isText) : parts.findLast(isText);
}

function isText(part: Part): part is Extract<Part, { type: "text" }> {
  return part.type === "text";
}

function readCall(value: unknown, path: string): ToolCall {
  const call = openFields(value, path, "a tool call");
  call.text("type");
  const given = call.any("function");
  if (given === undefined) throw missing(call.at("function"), "an object with name and arguments");
  const inner = openFields(given, call.at("function"), "an object with name and arguments");
  const read = { id: call.needed("id"), name: inner.needed("name"), arguments: inner.text("arguments") ?? "" };
  const more = inner.rest();
  const extra: Extra = { ...call.rest(), ...(more && { function: more }) };
  return Object.keys(extra).length > 0 ? { ...read, extra } : read;
}
