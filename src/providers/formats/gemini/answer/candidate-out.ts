// A piece of one candidate as canonical events: its parts, what it rests on, and why it ended, which is kept for the end of all.
import type { ChatEvent, Extra, Part } from "../../../contract.ts";
import { extraBeyond, isObject, textOf } from "../../fields.ts";
import { readPart, restOf } from "../parts/read-part.ts";
import { readCitations } from "./grounding.ts";
import { type CandidateState, callId } from "./candidate-state.ts";
import { addPartialCall } from "./partial-call.ts";

const CANDIDATE_KEYS = new Set(["content", "finishReason", "index"]);

export function readCandidate(said: Extra, state: CandidateState): ChatEvent[] {
  const { choice } = state;
  const content = said["content"];
  const parts = isObject(content) && Array.isArray(content["parts"]) ? content["parts"].filter(isObject) : [];
  const events = parts.flatMap((part) => readAnswerPart(part, state));
  const extra = extraBeyond(said, CANDIDATE_KEYS);
  if (extra) events.push(...readCitations(extra, state), { type: "extra", choice, place: "choice", extra });
  state.finish ||= textOf(said["finishReason"]);
  return events;
}

function readAnswerPart(said: Extra, state: CandidateState): ChatEvent[] {
  const { choice } = state;
  const { functionCall: call } = said;
  if (!isObject(call)) return readPart(said, state.runs).flatMap((part) => readPlain(part, state));
  const seal = textOf(said["thoughtSignature"]);
  const events = seal === "" ? [] : [sealEvent(seal, state)];
  if (state.partial || "partialArgs" in call || call["willContinue"] === true)
    return [...events, ...addPartialCall(call, state)];
  const index = state.calls;
  state.calls += 1;
  state.isSealed = false;
  const extra = callExtra(said, call);
  events.push({
    type: "tool_call_start",
    choice,
    index,
    id: callId(call, state, index),
    name: textOf(call["name"]),
    ...(extra && { extra }),
  });
  events.push({ type: "tool_call_arguments", choice, index, text: JSON.stringify(call["args"] ?? {}) });
  return events;
}

function callExtra(said: Extra, call: Extra): Extra | undefined {
  const more = restOf(call, ["id", "name", "args"]);
  const extra = { ...restOf(said, ["functionCall", "thoughtSignature"]), ...(more && { functionCall: more }) };
  return Object.keys(extra).length > 0 ? extra : undefined;
}

function readPlain(part: Part, state: CandidateState): ChatEvent[] {
  const { choice } = state;
  if (part.type === "reasoning" && part.extra === undefined) {
    const events: ChatEvent[] = part.text === "" ? [] : [{ type: "reasoning", choice, text: part.text }];
    if (events.length > 0) state.isSealed = false;
    if (part.signature !== undefined) events.push(sealEvent(part.signature, state));
    return events;
  }
  if (part.type === "text") holdText(state, part.text);
  if (part.type === "text" && part.extra === undefined) {
    if (part.text === "") return [];
    state.isSealed = false;
    return [{ type: "text", choice, text: part.text }];
  }
  state.isSealed = false;
  return [{ type: "part", choice, part }];
}

/** Two seals that follow one another would be read as one: the second is a part of its own. */
function sealEvent(signature: string, state: CandidateState): ChatEvent {
  const { choice, isSealed } = state;
  state.isSealed = true;
  if (isSealed) return { type: "part", choice, part: { type: "reasoning", text: "", signature } };
  return { type: "reasoning_signature", choice, signature };
}

function holdText(state: CandidateState, text: string): void {
  if (state.text.length + text.length <= state.heldLengthMax) state.text += text;
}
