// An answer's events on their way to a caller of another dialect: what its vendor said beyond the canonical model stands under
// the vendor's own names, which mean nothing there, or something else.
import type { ChatEvent } from "../contract.ts";
import type { Dropped } from "../formats/dialect.ts";

const WHY = "the vendor's own word, which the caller's dialect does not have";

/** The event without them, or undefined when it was nothing else. `told` names each once. */
export function carryEvent(event: ChatEvent, told: Dropped[]): ChatEvent | undefined {
  if (!("extra" in event) || event.extra === undefined) return event;
  for (const name of Object.keys(event.extra)) {
    const what = `answer.${name}`;
    if (!told.some((each) => each.what === what)) told.push({ what, why: WHY });
  }
  if (event.type === "extra") return undefined;
  const { extra: _, ...carried } = event;
  return carried;
}
