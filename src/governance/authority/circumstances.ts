// What a caller says of its call that policies may ask for. Read only where an active policy does.
import { type AttributeValue, EVERYTHING } from "../../policy/index.ts";

export type Header = (name: string) => string | null;
export type Circumstances = Record<string, AttributeValue>;

const HEADERS = [
  ["data_class", "x-binnacle-data-class"],
  ["region", "x-binnacle-region"],
  ["purpose", "x-binnacle-purpose"],
] as const;

const LENGTH_MAX = 200;

/** Undefined where no policy asks for any. */
export function readCircumstances(asked: ReadonlySet<string>, header: Header | undefined): Circumstances | undefined {
  if (asked.size === 0 || header === undefined) return undefined;
  const said: Circumstances = {};
  for (const [name, from] of HEADERS) {
    const value = asked.has(name) || asked.has(EVERYTHING) ? header(from) : null;
    if (value !== null) said[name] = value.slice(0, LENGTH_MAX);
  }
  return said;
}
