// The kinds of bearers that a cap may be of, alone or several together, and how their names are written in an account's id.

/** Those of a target are counted when it is asked; all others once a call. */
export const kinds = ["organisation", "team", "project", "user", "key", "ip", "route", "model", "vendor"] as const;
export type Kind = (typeof kinds)[number];

export function isOfTarget(of: readonly Kind[]): boolean {
  return of.includes("model") || of.includes("vendor");
}

const SEPARATOR = "+";

/** In an account's id; of several, each is written so that they can be told apart again. */
export function joinNames(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? "") : names.map(encodeURIComponent).join(SEPARATOR);
}

export function splitNames(joined: string, of: readonly Kind[]): string[] {
  return of.length === 1 ? [joined] : joined.split(SEPARATOR).map(decodeURIComponent);
}

export function joinKinds(of: readonly Kind[]): string {
  return of.join(SEPARATOR);
}

/** `team core`, `key k1, model openai/gpt-4o`. */
export function describeBearer(of: readonly Kind[], names: readonly string[]): string {
  return of.map((kind, index) => (names[index] ? `${kind} ${names[index]}` : kind)).join(", ");
}
