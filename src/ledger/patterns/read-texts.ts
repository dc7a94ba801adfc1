// What was asked, out of a request's body: its instructions and its last message, in whichever dialect. It is looked at on its way
// into PostgreSQL, so it must be quick: short bodies are parsed, of long ones the places are read where these texts begin.
import { type PromptTexts, TEXT_LOOKED_AT } from "./template-of.ts";

const PARSED_UP_TO_BYTES = 4 * 1024;
/** Of a longer body, so much of its end is searched for the last message, and else of its beginning. */
const END_BYTES = 32 * 1024;
const BEGIN_BYTES = 8 * 1024;
const LOOKED_AT_BYTES = 2 * TEXT_LOOKED_AT;
const DEEPEST = 6;
const MESSAGES = ["messages", "contents", "input", "prompt"] as const;
const INSTRUCTIONS = ["system", "instructions", "systemInstruction", "system_instruction"] as const;
const STRING = /"((?:[^"\\]|\\.)*)/u;

type Unchecked = Record<string, unknown>;

/** Undefined where the body is no JSON object, or has no such texts. */
export function readTexts(body: Uint8Array): PromptTexts | undefined {
  if (body.length === 0 || (body[0] !== 0x7b && body[0] !== 0x5b)) return undefined;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  const texts = body.length <= PARSED_UP_TO_BYTES ? parsedTexts(bytes) : foundTexts(bytes);
  return texts && (texts.system !== "" || texts.user !== "") ? texts : undefined;
}

function parsedTexts(bytes: Buffer): PromptTexts | undefined {
  try {
    const body: unknown = JSON.parse(bytes.toString());
    if (Array.isArray(body)) return textsOfMessages(body, "");
    if (typeof body !== "object" || body === null) return undefined;
    const fields = body as Unchecked;
    const system = textIn(firstOf(fields, INSTRUCTIONS));
    const asked = firstOf(fields, MESSAGES);
    return Array.isArray(asked) ? textsOfMessages(asked, system) : { system, user: textIn(asked) };
  } catch {
    return undefined;
  }
}

function firstOf(fields: Unchecked, names: readonly string[]): unknown {
  for (const name of names) if (fields[name] !== undefined) return fields[name];
  return undefined;
}

function textsOfMessages(messages: readonly unknown[], given: string): PromptTexts {
  const roleOf = (message: unknown): unknown => (message as Unchecked | null)?.["role"];
  const first = messages.find((message) => roleOf(message) === "system" || roleOf(message) === "developer");
  const last = messages.findLast((message) => roleOf(message) === "user" || roleOf(message) === undefined);
  return { system: given === "" ? textIn(first) : given, user: textIn(last) };
}

/** The first text in it: of a message, its content's or its parts'. */
function textIn(value: unknown, depth = 0): string {
  if (typeof value === "string") return value.slice(0, LOOKED_AT_BYTES);
  if (typeof value !== "object" || value === null || depth > DEEPEST) return "";
  if (Array.isArray(value)) return firstText(value.slice(0, DEEPEST), depth);
  const { text, content, parts } = value as Unchecked;
  return firstText([text, content, parts], depth);
}

function firstText(values: readonly unknown[], depth: number): string {
  for (const value of values) {
    const text = value === undefined ? "" : textIn(value, depth + 1);
    if (text !== "") return text;
  }
  return "";
}

function foundTexts(bytes: Buffer): PromptTexts {
  const begin = bytes.subarray(0, BEGIN_BYTES);
  const end = bytes.subarray(-END_BYTES);
  const system = firstAfter(begin, Math.max(begin.indexOf('"system"'), begin.indexOf('"instructions"')));
  const user = firstAfter(end, end.lastIndexOf('"user"'));
  return { system, user: user === "" ? firstAfter(begin, begin.indexOf('"user"')) : user };
}

/** The text that follows a name: its value, or its message's content. */
function firstAfter(bytes: Buffer, at: number): string {
  if (at < 0) return "";
  const after = bytes.toString("utf8", bytes.indexOf('"', at + 1) + 1, at + 2 * LOOKED_AT_BYTES);
  const named = /"(?:content|text)"\s*:\s*(?:\[\s*)?(?=")/u.exec(after);
  const begin = /^\s*:\s*(?=")/u.exec(after) ?? named;
  if (!begin) return "";
  const text = STRING.exec(after.slice(begin.index + begin[0].length))?.[1] ?? "";
  try {
    return String(JSON.parse(`"${text.replace(/\\u?[0-9a-fA-F]{0,3}$/u, "")}"`)).slice(0, LOOKED_AT_BYTES);
  } catch {
    return text;
  }
}
