// One candidate for a caller: canonical events as Google's parts. A call of a function comes whole, so that it is kept until its
// arguments are; a seal is kept until it is known whether a call follows, which then bears it.
import type { ChatEvent, Citation, Extra, Part } from "../../../contract.ts";
import type { Dropped } from "../../dialect.ts";
import { idForVendor } from "../parts/call-ids.ts";
import { writeFinishReason } from "../finish-reasons.ts";
import { objectFromText } from "../parts/json-object.ts";
import { mediaFromPart } from "../parts/media.ts";
import { withRest } from "../parts/read-part.ts";
import { isForeignSeal, wrapRedacted, wrapSeal } from "../parts/seals.ts";
import { writeServerTool } from "../parts/server-tools.ts";
import { writeGrounding } from "./grounding.ts";

type EventOf<T extends ChatEvent["type"]> = Extract<ChatEvent, { type: T }>;
export type CandidateEvent = Exclude<ChatEvent, EventOf<"start" | "usage" | "end" | "error">>;

interface Call {
  id: string;
  name: string;
  arguments: string;
  extra: Extra | undefined;
  seal: string | undefined;
}

export interface Candidate {
  told: Dropped[];
  /** Calls by their number, whose arguments may still come. */
  calls: Map<number, Call>;
  seal: string | undefined;
  /** What was said last, onto which a seal goes. */
  last: "reasoning" | "text" | "other" | undefined;
  /** In which citations have their place. */
  text: string;
  citations: Citation[];
  extra: Extra;
  hasRefused: boolean;
  finish: EventOf<"finish"> | undefined;
}

/** Of the text that citations are placed in, in UTF-16 units; those beyond have no place. */
const TEXT_LENGTH_MAX = 4 * 1024 * 1024;

export function newCandidate(told: Dropped[]): Candidate {
  return {
    told,
    calls: new Map(),
    seal: undefined,
    last: undefined,
    text: "",
    citations: [],
    extra: {},
    hasRefused: false,
    finish: undefined,
  };
}

/** The parts that this event completes. */
export function addToCandidate(candidate: Candidate, event: CandidateEvent): Extra[] {
  switch (event.type) {
    case "tool_call_start":
      return startCall(candidate, event);
    case "tool_call_arguments": {
      const call = candidate.calls.get(event.index);
      if (call) call.arguments += event.text;
      else tell(candidate, "tool_calls", "arguments came when their call had ended");
      return [];
    }
    case "reasoning_signature":
      return addSeal(candidate, event.signature);
    case "citation":
      candidate.citations.push(event.citation);
      return [];
    case "extra":
      addExtra(candidate, event);
      return [];
    case "finish":
      candidate.finish = event;
      return [];
    default:
      return [...flush(candidate), ...addSaid(candidate, event)];
  }
}

function addSeal(candidate: Candidate, seal: string): Extra[] {
  const before = flush(candidate);
  candidate.seal = seal;
  // What another vendor sealed is the reasoning before it, never a call.
  return isForeignSeal(seal) ? [...before, ...flushSeal(candidate)] : before;
}

function startCall(candidate: Candidate, { index, id, name, extra }: EventOf<"tool_call_start">): Extra[] {
  const { seal } = candidate;
  candidate.seal = undefined;
  // A number said twice is another call.
  const before = candidate.calls.has(index) ? flush(candidate) : [];
  candidate.calls.set(index, { id, name, arguments: "", extra, seal });
  return before;
}

function addSaid(candidate: Candidate, event: EventOf<"text" | "refusal" | "reasoning" | "part">): Extra[] {
  if (event.type === "part") {
    const seal = sealAlone(event.part);
    return seal === undefined ? addPart(candidate, event.part) : addSeal(candidate, seal);
  }
  candidate.last = event.type === "reasoning" ? "reasoning" : "text";
  if (event.text === "") return [];
  if (event.type === "reasoning") return [{ text: event.text, thought: true }];
  candidate.hasRefused ||= event.type === "refusal";
  holdText(candidate, event.text);
  return [{ text: event.text }];
}

/** Of reasoning of which nothing is told. */
function sealAlone(part: Part): string | undefined {
  const isAlone = part.type === "reasoning" && part.text === "" && part.redacted === undefined && !part.extra;
  return isAlone ? part.signature : undefined;
}

function addPart(candidate: Candidate, part: Part): Extra[] {
  const written = writePart(candidate, part);
  if (written.length === 0) tell(candidate, part.type);
  candidate.last = part.type === "reasoning" || part.type === "text" ? part.type : "other";
  return written;
}

function writePart(candidate: Candidate, part: Part): Extra[] {
  switch (part.type) {
    case "text":
      candidate.citations.push(...(part.citations ?? []).map((each) => placed(each, candidate.text.length, part.text)));
      holdText(candidate, part.text);
      return [{ text: part.text, ...part.extra }];
    case "refusal":
      candidate.hasRefused = true;
      return [{ text: part.text }];
    case "reasoning":
      return [writeReasoning(part)];
    case "server_tool_call":
    case "server_tool_result": {
      const said = writeServerTool(part);
      return said ? [said] : [];
    }
    case "other":
      // Other dialects say by a type what it is.
      return "type" in part.extra ? [] : [part.extra];
    default: {
      const said = mediaFromPart(part);
      return said ? [withRest(said, part.extra)] : [];
    }
  }
}

/** Of a text that comes whole the places are counted from its own beginning, and its citations are of all of it where they have none. */
function placed(citation: Citation, base: number, text: string): Citation {
  const { start = 0, end = text.length } = citation;
  return { ...citation, start: base + start, end: base + Math.min(end, text.length) };
}

function writeReasoning({ text, signature, redacted, extra }: Extract<Part, { type: "reasoning" }>): Extra {
  const seal = redacted === undefined ? signature && wrapSeal(signature) : wrapRedacted(redacted);
  return { text, thought: true, ...(seal !== undefined && { thoughtSignature: seal }), ...extra };
}

/** Calls that are whole by now, and a seal that no call followed. */
function flush(candidate: Candidate): Extra[] {
  const calls = [...candidate.calls.values()].map((call) => writeCall(candidate, call));
  candidate.calls.clear();
  if (calls.length > 0) candidate.last = "other";
  return [...calls, ...flushSeal(candidate)];
}

function flushSeal(candidate: Candidate): Extra[] {
  const { seal, last } = candidate;
  candidate.seal = undefined;
  if (seal === undefined) return [];
  const isThought = last === "reasoning" || isForeignSeal(seal);
  return [{ text: "", ...(isThought && { thought: true }), thoughtSignature: wrapSeal(seal) }];
}

function writeCall(candidate: Candidate, { id, name, arguments: text, extra, seal }: Call): Extra {
  const args = objectFromText(text);
  if (!args) tell(candidate, "tool_calls.arguments", "they are no JSON object; they go as text, under `arguments`");
  const functionCall = { ...idForVendor(id), name, args: args ?? { arguments: text } };
  return withRest({ functionCall, ...(seal !== undefined && { thoughtSignature: wrapSeal(seal) }) }, extra);
}

function holdText(candidate: Candidate, text: string): void {
  if (candidate.text.length + text.length <= TEXT_LENGTH_MAX) candidate.text += text;
}

/** What Google says of a candidate; all else is another vendor's. */
const EXTRAS: ReadonlySet<string> = new Set(
  "safetyRatings citationMetadata tokenCount groundingAttributions groundingMetadata avgLogprobs logprobsResult urlRetrievalMetadata urlContextMetadata finishMessage".split(
    " ",
  ),
);

function addExtra({ extra: kept, ...candidate }: Candidate, { extra }: EventOf<"extra">): void {
  for (const [key, value] of Object.entries(extra))
    if (EXTRAS.has(key)) kept[key] = value;
    else tell(candidate, key);
}

/** The last of a candidate: what was still kept, and what is said of the whole. */
export function endCandidate(candidate: Candidate): { parts: Extra[]; said: Extra; isEmpty: boolean } {
  const { citations, text, finish, hasRefused, extra } = candidate;
  const isOwn = "groundingMetadata" in extra || "citationMetadata" in extra;
  const parts = flush(candidate);
  const reason =
    hasRefused && finish?.reason === "stop" ? { ...finish, reason: "refusal" as const, raw_reason: "" } : finish;
  return {
    parts,
    isEmpty: candidate.last === undefined,
    said: {
      finishReason: writeFinishReason(reason),
      ...(citations.length > 0 && !isOwn && { groundingMetadata: writeGrounding(citations, text) }),
      ...extra,
    },
  };
}

function tell({ told }: Pick<Candidate, "told">, name: string, why = "Gemini's answers have no word for it"): void {
  const what = `answer.${name}`;
  if (!told.some((each) => each.what === what)) told.push({ what, why });
}
