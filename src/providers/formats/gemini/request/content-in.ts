// A caller's `contents` as canonical messages. What functions gave is a message each; calls leave the parts, and `index` remembers
// where they stood among parts and calls. Calls without an id are given one, and results find theirs by name and order.
import type { Extra, Message, Part, ToolCall } from "../../../contract.ts";
import { definedOnly, type Fields, isObject, missing, openFields, wrongType } from "../../fields.ts";
import { makeCallId } from "../parts/call-ids.ts";
import { readPart, readThought, restOf } from "../parts/read-part.ts";
import { unwrapSeal } from "../parts/seals.ts";
import type { Runs } from "../parts/server-tools.ts";
import { type OpenCall, readFunctionResponse } from "./function-response.ts";

interface Reading {
  /** Calls that nobody has answered yet. */
  open: OpenCall[];
  calls: number;
  runs: Runs;
}

interface Placed {
  said: Extra;
  path: string;
}

interface Turn {
  isAnswer: boolean;
  parts: Placed[];
  extra: Extra | undefined;
}

/** Throws `providers.bad_request`. */
export function readContents(contents: unknown[]): Message[] {
  const reading: Reading = { open: [], calls: 0, runs: { place: "code", count: 0 } };
  return joinAnswers(contents.map(readTurn)).flatMap((turn) => {
    const [first, ...others] = turn.isAnswer ? [readAnswer(turn, reading)] : readAsked(turn, reading);
    if (!first) return [];
    return [turn.extra ? { ...first, extra: { ...first.extra, ...turn.extra } } : first, ...others];
  });
}

/** SDKs keep each piece of a streamed answer as a turn of its own. */
function joinAnswers(turns: Turn[]): Turn[] {
  const joined: Turn[] = [];
  for (const turn of turns) {
    const last = joined.at(-1);
    if (!last?.isAnswer || !turn.isAnswer) joined.push(turn);
    else
      joined[joined.length - 1] = { ...turn, parts: [...last.parts, ...turn.parts], extra: last.extra ?? turn.extra };
  }
  return joined;
}

const ROLES = new Map<unknown, "user" | "model">([
  [undefined, "user"],
  ["", "user"],
  ["user", "user"],
  ["function", "user"],
  ["model", "model"],
]);

function readTurn(value: unknown, place: number): Turn {
  const fields = openFields(value, `contents.${place}`, "an object with role and parts");
  const said = fields.any("role");
  const role = ROLES.get(said);
  if (role === undefined) throw wrongType(fields.at("role"), "`user` or `model`", said);
  return { isAnswer: role === "model", parts: readPartList(fields), extra: fields.rest() };
}

function readPartList(fields: Fields): Placed[] {
  const parts = fields.list("parts") ?? [];
  return parts.map((said, index) => {
    const path = fields.at(`parts.${index}`);
    if (!isObject(said)) throw wrongType(path, "a part such as {text: '…'}", said);
    return { said, path };
  });
}

/** The instructions; also as a text, which some clients send. */
export function readInstructions(fields: Fields): Message | undefined {
  const found = fields.any("systemInstruction");
  if (found === undefined) return undefined;
  if (typeof found === "string") return { role: "system", parts: [{ type: "text", text: found }] };
  const said = openFields(found, "systemInstruction", "an object with parts");
  // Google takes any role here, and minds none.
  said.any("role");
  const parts = readPartList(said).flatMap((part) => readPart(part.said, { place: "code", count: 0 }));
  const extra = said.rest();
  return parts.length === 0 && !extra ? undefined : { role: "system", parts, ...(extra && { extra }) };
}

function readAsked({ parts: placed }: Turn, reading: Reading): Message[] {
  const messages: Message[] = [];
  let parts: Part[] = [];
  for (const { said, path } of placed) {
    if (said["functionResponse"] === undefined) {
      parts.push(...readPart(said, reading.runs));
      continue;
    }
    if (parts.length > 0) messages.push({ role: "user", parts });
    parts = [];
    messages.push(readFunctionResponse(said, path, reading.open));
  }
  if (parts.length > 0 || messages.length === 0) messages.push({ role: "user", parts });
  return messages;
}

function readAnswer({ parts: placed }: Turn, reading: Reading): Message {
  const parts: Part[] = [];
  const calls: { call: ToolCall; index: number }[] = [];
  for (const { said, path } of placed) {
    if (said["functionCall"] === undefined) addParts(parts, said, reading.runs);
    else {
      const signature = openFields(said, path, "a part").text("thoughtSignature") ?? "";
      if (signature !== "") parts.push(readThought("", signature));
      calls.push({ call: readCall(said, path, reading), index: parts.length + calls.length });
    }
  }
  if (calls.length === 0) return { role: "assistant", parts };
  const isUsual = calls[0]?.index === parts.length;
  const toolCalls = calls.map(({ call, index }) => (isUsual ? call : { ...call, extra: { ...call.extra, index } }));
  return { role: "assistant", parts, tool_calls: toolCalls };
}

/** The seal of another vendor closes all of the thoughts before it. */
function addParts(parts: Part[], said: Extra, runs: Runs): void {
  const read = readPart(said, runs);
  const [seal] = read;
  const isClosing = seal?.type === "reasoning" && isForeign(said["thoughtSignature"]);
  let text = "";
  for (let last = parts.at(-1); isClosing && last?.type === "reasoning" && isOpen(last); last = parts.at(-1)) {
    text = last.text + text;
    parts.pop();
  }
  if (isClosing) seal.text = text + seal.text;
  parts.push(...read);
}

function isForeign(signature: unknown): boolean {
  return typeof signature === "string" && unwrapSeal(signature).isForeign;
}

function isOpen({ signature, redacted }: Extract<Part, { type: "reasoning" }>): boolean {
  return signature === undefined && redacted === undefined;
}

function readCall(said: Extra, path: string, reading: Reading): ToolCall {
  const at = `${path}.functionCall`;
  const fields = openFields(said["functionCall"], at, "an object with name and args");
  const name = fields.text("name");
  if (!name) throw missing(fields.at("name"), "the name of the function that was called");
  const args = fields.object("args");
  reading.calls += 1;
  const id = fields.text("id") || makeCallId("call", reading.calls);
  reading.open.push({ id, name });
  const more = fields.rest();
  const extra = { ...restOf(said, ["functionCall", "thoughtSignature"]), ...(more && { functionCall: more }) };
  return definedOnly<ToolCall>({
    id,
    name,
    arguments: JSON.stringify(args ?? {}),
    extra: Object.keys(extra).length > 0 ? extra : undefined,
  });
}
