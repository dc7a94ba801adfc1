// A turn of the model's for a vendor: parts, calls of functions, and the seals on them. Gemini signs a call, or the text before the
// end, and wants the signature back on it; other dialects keep it with the reasoning, from where it finds its way by its place.
import type { ChatRequest, Extra, Message, Part, ToolCall } from "../../../contract.ts";
import { idForVendor } from "../parts/call-ids.ts";
import { objectFromText } from "../parts/json-object.ts";
import { withRest } from "../parts/read-part.ts";
import { NO_WORD, writePart, type Writing } from "./part-out.ts";

/** What Google names for calls that another model made. */
const NO_SEAL = "skip_thought_signature_validator";
const NOT_OURS = "Gemini takes back only the thoughts that it signed itself";

interface Turn {
  said: Extra[];
  calls: number;
  /** Seals that have not found their place. */
  seals: string[];
  /** A seal was another vendor's. */
  hasLost: boolean;
}

export function writeAnswerTurn(
  message: Message,
  { dialect }: ChatRequest,
  at: { path: string; writing: Writing },
): Extra[] {
  const { path, writing } = at;
  const turn: Turn = { said: [], calls: 0, seals: [], hasLost: false };
  const calls = (message.tool_calls ?? []).map((call, index) => ({ call, path: `${path}.tool_calls.${index}` }));
  /** Those that stood before so many parts. */
  const placeCalls = (before: number): void => {
    for (let next = calls[0]; next && placeOf(next.call) <= before + turn.calls; next = calls[0]) {
      addCall(turn, next, writing);
      calls.shift();
    }
  };
  for (const [index, part] of message.parts.entries()) {
    placeCalls(index);
    const place = `${path}.parts.${index}`;
    if (part.type === "reasoning")
      addReasoning(turn, { part, path: place, isOurs: (part.sealed_by ?? dialect) === "gemini" }, writing);
    else {
      if (writing.isOwn || calls.length === 0) settle(turn);
      turn.said.push(...writePart(part, place, writing));
    }
  }
  placeCalls(Number.POSITIVE_INFINITY);
  settle(turn);
  if (writing.wantsSeals && (!writing.isOwn || turn.hasLost)) sealFirstCall(turn.said);
  return turn.said;
}

/** Dialects in which calls stand among the parts say where; all others' stand at the end. */
function placeOf({ extra }: ToolCall): number {
  const index = extra?.["index"];
  return typeof index === "number" ? index : Number.POSITIVE_INFINITY;
}

interface Placed {
  part: Extract<Part, { type: "reasoning" }>;
  path: string;
  isOurs: boolean;
}

function addReasoning(turn: Turn, { part, path, isOurs }: Placed, writing: Writing): void {
  const { text, signature, redacted, extra } = part;
  const isPlainThought = writing.isOwn && signature === undefined && redacted === undefined;
  if (!isOurs || redacted !== undefined || (signature === undefined && !isPlainThought)) {
    turn.hasLost = true;
    writing.drop(path, NOT_OURS);
    return;
  }
  if (text !== "" || signature === undefined) {
    settle(turn);
    const isWhole = writing.isOwn && signature !== undefined;
    turn.said.push({
      text,
      thought: true,
      ...(isWhole && { thoughtSignature: signature }),
      ...(writing.isOwn && extra),
    });
    if (isWhole) return;
  }
  if (signature !== undefined) turn.seals.push(signature);
}

/** Onto the text before them, or into a part of their own, as Gemini itself does at the end of a stream. */
function settle({ said, seals }: Turn): void {
  for (const thoughtSignature of seals.splice(0)) {
    const last = said.at(-1);
    if (last && "text" in last && last["thoughtSignature"] === undefined) last["thoughtSignature"] = thoughtSignature;
    else said.push({ text: "", thoughtSignature });
  }
}

function addCall(turn: Turn, { call, path }: { call: ToolCall; path: string }, writing: Writing): void {
  const args = objectFromText(call.arguments);
  if (!args) writing.drop(`${path}.arguments`, "they are no JSON object; they go as text, under `arguments`");
  const { index: _, ...extra } = call.extra ?? {};
  if (!writing.isOwn) for (const key of Object.keys(extra)) writing.drop(`${path}.${key}`, NO_WORD);
  const functionCall = { ...idForVendor(call.id), name: call.name, args: args ?? { arguments: call.arguments } };
  const seal = turn.seals.pop();
  settle(turn);
  const said = { functionCall, ...(seal !== undefined && { thoughtSignature: seal }) };
  turn.said.push(writing.isOwn ? withRest(said, extra) : said);
  turn.calls += 1;
}

function sealFirstCall(said: Extra[]): void {
  const first = said.find((each) => "functionCall" in each);
  if (first) first["thoughtSignature"] ??= NO_SEAL;
}
