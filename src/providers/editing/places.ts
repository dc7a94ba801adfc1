// The texts in a request or an answer, whatever its dialect, and what each of them is. Found by how all dialects are built, not by
// a list of their fields: a text that nobody has thought of is looked at as well.
import { type JsonSpan, memberOf, type ObjectSpan, readSpans, readString, stringAt } from "./json-spans.ts";

export type TextKind =
  | "system"
  | "user"
  | "assistant"
  | "tool_result"
  | "retrieved"
  | "output"
  | "reasoning"
  | "tool_arguments";

export interface TextPlace {
  kind: TextKind;
  /** Such as `messages.0.content`. */
  path: string;
  text: string;
  /** Where it stands in the JSON text, quotation marks included. */
  start: number;
  end: number;
  /** The text is JSON itself, or a part of it: what is put into it must be escaped. */
  isJson: boolean;
}

/** Undefined for what is no JSON, or nested too deeply. */
export function requestPlaces(json: string): TextPlace[] | undefined {
  const root = readSpans(json);
  if (root?.kind !== "object") return undefined;
  const places: TextPlace[] = [];
  for (const { key, value } of root.members) {
    const kind = TOP_KINDS[key];
    if (kind) walk({ json, places }, value, { kind, key, path: key, isFree: false });
  }
  return places;
}

/** The same of a whole answer, or of one event of a stream. */
export function answerPlaces(json: string): TextPlace[] | undefined {
  const root = readSpans(json);
  return root && placesWithin(json, root);
}

export function placesWithin(json: string, root: JsonSpan): TextPlace[] {
  const places: TextPlace[] = [];
  walk({ json, places }, root, { kind: "output", key: "", path: "", isFree: false });
  return places;
}

/** Of requests, by the member that they stand in; all others are parameters, or the developer's own. */
const TOP_KINDS: Readonly<Record<string, TextKind | undefined>> = {
  system: "system",
  instructions: "system",
  systemInstruction: "system",
  system_instruction: "system",
  messages: "user",
  contents: "user",
  input: "user",
  prompt: "user",
  query: "user",
  texts: "user",
  documents: "retrieved",
};

interface Walk {
  json: string;
  places: TextPlace[];
}

interface Here {
  kind: TextKind;
  key: string;
  path: string;
  /** Within what a tool is called with or gives: names of members mean nothing there. */
  isFree: boolean;
}

function walk(walked: Walk, span: JsonSpan, here: Here): void {
  if (span.kind === "object") return walkObject(walked, span, here);
  if (span.kind === "array") {
    for (const [place, item] of span.items.entries()) walk(walked, item, { ...here, path: joined(here.path, place) });
    return;
  }
  if (!here.isFree && isStructural(here.key)) return;
  const { start, end } = span;
  const text = span.kind === "string" ? readString(walked.json, span) : numberIn(walked.json.slice(start, end), here);
  if (text === undefined || text === "" || text.startsWith("data:")) return;
  walked.places.push({ kind: here.kind, path: here.path, text, start, end, isJson: isJsonText(here) });
}

/** A long number in what a tool is called with may be what is looked for. */
function numberIn(text: string, { isFree }: Here): string | undefined {
  return isFree && text.length >= NUMBER_LENGTH_MIN ? text : undefined;
}

const NUMBER_LENGTH_MIN = 7;

function walkObject(walked: Walk, span: ObjectSpan, here: Here): void {
  const kind = here.isFree ? here.kind : kindOf(walked.json, span, here.kind);
  for (const { key, value } of span.members) {
    if (!here.isFree && (LEFT_OUT.has(key) || isMedia(key))) continue;
    const inner = here.isFree ? kind : (KINDS_BY_KEY[key] ?? kind);
    const isFree = here.isFree || (value.kind === "object" && FREE.has(key) && isOfTools(inner));
    walk(walked, value, { kind: inner, key, path: joined(here.path, key), isFree });
  }
}

function kindOf(json: string, span: ObjectSpan, inherited: TextKind): TextKind {
  if (isOfTools(inherited) || inherited === "retrieved") return inherited;
  const type = stringAt(json, memberOf(span, "type"));
  const byType = type === undefined ? undefined : kindOfType(type);
  if (byType) return byType;
  if (memberOf(span, "thought") !== undefined) return "reasoning";
  // Within an answer everybody is the assistant.
  if (inherited === "output" || inherited === "reasoning") return inherited;
  const role = stringAt(json, memberOf(span, "role"));
  const byRole = role === undefined ? undefined : ROLES[role];
  return byRole === "user" && stringAt(json, memberOf(span, "name")) === "retrieved"
    ? "retrieved"
    : (byRole ?? inherited);
}

const ROLES: Readonly<Record<string, TextKind | undefined>> = {
  system: "system",
  developer: "system",
  user: "user",
  assistant: "assistant",
  model: "assistant",
  tool: "tool_result",
  function: "tool_result",
};

function kindOfType(type: string): TextKind | undefined {
  if (/(_result|call_output)$/.test(type)) return type === "search_result" ? "retrieved" : "tool_result";
  if (type === "document") return "retrieved";
  if (/(tool_use|tool_call|function_call|arguments|call_input)/.test(type)) return "tool_arguments";
  return /reasoning|thinking/.test(type) ? "reasoning" : undefined;
}

const KINDS_BY_KEY: Readonly<Record<string, TextKind | undefined>> = {
  tool_calls: "tool_arguments",
  function_call: "tool_arguments",
  functionCall: "tool_arguments",
  toolUse: "tool_arguments",
  arguments: "tool_arguments",
  partial_json: "tool_arguments",
  functionResponse: "tool_result",
  toolResult: "tool_result",
  documents: "retrieved",
  thinking: "reasoning",
  reasoning: "reasoning",
  reasoning_content: "reasoning",
  reasoningContent: "reasoning",
};

/** Objects of the caller's own making. */
const FREE: ReadonlySet<string> = new Set(["input", "args", "arguments", "response", "json"]);

function isOfTools(kind: TextKind): boolean {
  return kind === "tool_arguments" || kind === "tool_result";
}

function isJsonText({ kind, key, isFree }: Here): boolean {
  if (isFree || kind !== "tool_arguments") return false;
  return key === "arguments" || key === "partial_json" || key === "input" || key === "delta";
}

/** What they hold is no text, or is told apart by the tokens of a text that is looked at elsewhere. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "logprobs",
  "logprobsResult",
  "usage",
  "metadata",
  "cache_control",
  "tools",
  "instructions",
]);

function isMedia(key: string): boolean {
  return MEDIA.has(key);
}

const MEDIA: ReadonlySet<string> = new Set([
  "image_url",
  "imageUrl",
  "image",
  "images",
  "audio",
  "video",
  "inlineData",
  "inline_data",
  "fileData",
  "file_data",
  "bytes",
  "data",
  "encrypted_content",
  "encryptedContent",
]);

/** Names, kinds and marks, which programs read. */
export function isStructural(key: string): boolean {
  return STRUCTURAL.has(key) || STRUCTURAL_END.test(key);
}

const STRUCTURAL: ReadonlySet<string> = new Set([
  "id",
  "type",
  "role",
  "object",
  "name",
  "model",
  "status",
  "format",
  "detail",
  "index",
  "system_fingerprint",
  "obfuscation",
  "signature",
  "language",
  "created_at",
  "event",
]);

const STRUCTURAL_END = /(_id|Id|_type|Type|_reason|Reason|_tier|[vV]ersion|[sS]ignature|_at|Time|_key)$/;

function joined(path: string, key: string | number): string {
  return path === "" ? String(key) : `${path}.${key}`;
}
