// Keeps records short: a text that no field of the record says, and that is longer than its bound, is cut, and the record says
// which. Prompts and answers are not among them: they are kept apart, as bodies.
import type { NewSpan } from "../../ledger/index.ts";
import type { JsonValue } from "../wire/wire-span.ts";

const CUTS_MAX = 40;

/** Changes the record in place. */
export function trimAttributes<Read extends NewSpan>(read: Read, lengthMax: number): Read {
  const { attributes, events, cut } = read.record;
  trim(attributes, cut, { lengthMax, where: "attributes" });
  for (const event of events) trim(event.attributes, cut, { lengthMax, where: `events.${event.name}` });
  return read;
}

function trim(
  attributes: Record<string, unknown>,
  cut: string[],
  { lengthMax, where }: { lengthMax: number; where: string },
): void {
  for (const name in attributes) {
    const value = attributes[name];
    if (typeof value === "number" || typeof value === "boolean" || value === null) continue;
    if (typeof value === "string" && value.length <= lengthMax) continue;
    const text = typeof value === "string" ? value : JSON.stringify(value);
    if (text.length <= lengthMax) continue;
    // A list or map that is too long is kept as the beginning of its JSON.
    attributes[name] = text.slice(0, lengthMax).toWellFormed() satisfies JsonValue;
    const what = `${where}.${name}`;
    if (cut.length < CUTS_MAX && !cut.includes(what)) cut.push(what);
  }
}
