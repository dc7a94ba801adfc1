// The texts of a request or of a whole answer, checked one by one: what is masked is changed, what is blocked ends the call.
import type { Edit, TextKind, TextPlace } from "../../providers/index.ts";
import type { AppError } from "../../kernel/index.ts";
import type { Side } from "../contract.ts";
import type { ChecksBySide, Decided } from "../policies/policy.ts";
import type { FoundOutside } from "../outside/outside.ts";
import { type Masks, plainMark } from "../texts/masks.ts";
import { unescapedView } from "../texts/views.ts";
import { findInText } from "./find-in-text.ts";
import { type FindingsLog, refusalOf } from "./findings-log.ts";

export interface Screening {
  checks: ChecksBySide;
  log: FindingsLog;
  /** Where what is masked comes back in the answer. */
  masks: Masks | undefined;
  /** What others found, by place. */
  outside?: FoundOutside | undefined;
  /** Told of what a person must agree to; left out where nobody can be asked. */
  onAsk?: ((found: Decided, side: Side) => void) | undefined;
}

/** Calls of tools that stand in a request have been made: they are part of what goes in. */
export function sideInRequest(kind: TextKind): Side {
  return kind === "tool_result" || kind === "retrieved" ? kind : "input";
}

export function sideInAnswer(kind: TextKind): Side {
  return kind === "tool_arguments" ? "tool_arguments" : "output";
}

export interface Screened {
  edits: Edit[];
  /** Those that stay where a person agrees. */
  agreed: Edit[];
  /** Why the call ends here. What led to it is masked, too: that goes on record. */
  refusal: AppError | undefined;
}

export function screenPlace(place: TextPlace, side: Side, { checks, log, masks, outside, onAsk }: Screening): Screened {
  const found = findInText(place.text, checks[side], { side, isFinal: true, beside: outside?.get(place.path) });
  if (found.length === 0) return NOTHING_FOUND;
  for (const finding of found) log.add(finding, { side, place: place.path });
  if (onAsk) for (const finding of found) if (finding.mode === "ask") onAsk(finding, side);
  const stopped = found.find(({ mode }) => mode === "block" || (mode === "ask" && !onAsk));
  const edited = found
    .filter(({ mode }) => mode !== "observe")
    .map((finding) => ({ finding, edit: maskOf(finding, place, finding.mode === "mask" ? masks : undefined) }));
  return {
    edits: edited.map(({ edit }) => edit),
    agreed: edited.flatMap(({ finding, edit }) => (finding.mode === "ask" ? [] : [edit])),
    refusal: stopped && refusalOf(stopped, side),
  };
}

const NOTHING_FOUND: Screened = { edits: [], agreed: [], refusal: undefined };

export function maskOf(finding: Decided, { text, isJson }: Pick<TextPlace, "text" | "isJson">, masks?: Masks): Edit {
  const { kind, start, end } = finding;
  const said = text.slice(start, end);
  const original = isJson ? (unescapedView(said)?.text ?? said) : said;
  const mark = masks ? masks.markFor(kind, original) : plainMark(kind);
  return { start, end, text: isJson && isBare(text, start, end) ? `"${mark}"` : mark };
}

/** A number of JSON that stands without quotation marks: a mark in its place needs them. */
function isBare(text: string, start: number, end: number): boolean {
  return (
    /^-?[\d.eE+-]+$/.test(text.slice(start, end)) &&
    /[:[,]\s*$/.test(text.slice(Math.max(0, start - 8), start)) &&
    /^\s*[,}\]]/.test(text.slice(end, end + 8))
  );
}
