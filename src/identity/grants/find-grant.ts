// The first grant that fits what is proven. Pure.
import type { Grant } from "./config.ts";

/** What is proven of somebody: claims of a token, names in a certificate. */
export type Proven = Readonly<Record<string, unknown>>;

/** In the order of the config: the first that fits counts, and it alone. */
export function findGrant(grants: readonly Grant[], proven: Proven): Grant | undefined {
  return grants.find(({ when }) => Object.entries(when).every(([claim, wanted]) => holds(proven, claim, wanted)));
}

function holds(proven: Proven, claim: string, wanted: string | readonly string[]): boolean {
  if (!Object.hasOwn(proven, claim)) return false;
  const value = proven[claim];
  const said = (Array.isArray(value) ? value : [value]).flatMap(textOf);
  const patterns = typeof wanted === "string" ? [wanted] : wanted;
  return patterns.some((pattern) => said.some((text) => fits(pattern, text)));
}

function textOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "number" || typeof value === "boolean" ? [String(value)] : [];
}

function fits(pattern: string, text: string): boolean {
  return pattern.endsWith("*") ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}
