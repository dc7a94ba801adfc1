// An answer's events on their way to a caller of another dialect: what its vendor said beyond the canonical model stands under
// the vendor's own names, which mean nothing there, or something else.
import type { ChatEvent, DialectName } from "../contract.ts";
import type { Dropped } from "../formats/dialect.ts";
import { sealEvent } from "./seals.ts";

const WHY = "the vendor's own word, which the caller's dialect does not have";

/** Which machines answered, or how fast: it comes with every answer, and is in no way part of it. */
const UNTOLD: ReadonlySet<string> = new Set([
  "system_fingerprint",
  "metrics",
  "total_duration",
  "load_duration",
  "prompt_eval_duration",
  "eval_duration",
]);

export interface Carrying {
  /** What the vendor speaks. */
  from: DialectName;
  told: Dropped[];
}

/** The event without them, or undefined when it was nothing else. `told` names each once. */
export function carryEvent(event: ChatEvent, { from, told }: Carrying): ChatEvent | undefined {
  if (!("extra" in event) || event.extra === undefined) return sealEvent(event, from);
  for (const name of Object.keys(event.extra)) {
    if (UNTOLD.has(name)) continue;
    const what = `answer.${name}`;
    if (!told.some((each) => each.what === what)) told.push({ what, why: WHY });
  }
  if (event.type === "extra") return undefined;
  const { extra: _, ...carried } = event;
  return carried;
}
