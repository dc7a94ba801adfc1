// Canonical events as one JSON answer for a caller: the pieces of the stream put together, so that an answer says the same whether
// it is streamed or not.
import type { ChatEvent, Extra } from "../../../contract.ts";
import { providersErrors } from "../../../errors.ts";
import type { Dropped } from "../../dialect.ts";
import { textOf } from "../../fields.ts";
import { createPieceBuilder } from "./piece-in.ts";

/** Throws `providers.broken_answer` where the events hold an error or no end. */
export function writeGeminiAnswer(events: Iterable<ChatEvent>, told: Dropped[]): Extra {
  const builder = createPieceBuilder(told);
  const candidates = new Map<unknown, Candidate>();
  let answer: Extra = {};
  let isWhole = false;
  for (const event of events) {
    if (event.type === "error") throw providersErrors.broken_answer({ detail: event.message });
    for (const piece of builder.add(event)) {
      for (const said of (piece["candidates"] as Extra[] | undefined) ?? []) addCandidate(candidates, said);
      answer = { ...answer, ...piece };
    }
    isWhole ||= event.type === "end";
  }
  if (!isWhole) throw providersErrors.broken_answer({ detail: "it has no end" });
  if (candidates.size === 0) return answer;
  return {
    ...answer,
    candidates: [...candidates.values()].map(({ parts, said }) => ({ content: { parts, role: "model" }, ...said })),
  };
}

interface Candidate {
  parts: Extra[];
  said: Extra;
}

function addCandidate(candidates: Map<unknown, Candidate>, { content, ...said }: Extra): void {
  const candidate = candidates.get(said["index"]) ?? { parts: [], said: {} };
  candidates.set(said["index"], candidate);
  for (const part of ((content as Extra | undefined)?.["parts"] as Extra[] | undefined) ?? [])
    addPart(candidate.parts, part);
  candidate.said = { ...candidate.said, ...said };
}

const TEXT_KEYS = new Set(["text", "thought", "thoughtSignature"]);

/** Pieces of a text are one, and so is the seal at its end. */
function addPart(parts: Extra[], part: Extra): void {
  const last = parts.at(-1);
  const goesOn =
    last !== undefined &&
    [last, part].every((each) => "text" in each && Object.keys(each).every((key) => TEXT_KEYS.has(key))) &&
    last["thought"] === part["thought"] &&
    last["thoughtSignature"] === undefined;
  if (goesOn) parts[parts.length - 1] = { ...last, ...part, text: textOf(last["text"]) + textOf(part["text"]) };
  else parts.push(part);
}
