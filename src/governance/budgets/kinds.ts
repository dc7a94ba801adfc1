// The kinds of bearers that a cap may be of, alone or several together, and how their names are written in an account's id.

/** Those of a target are counted when it is asked; all others once a call. */
export const kinds = ["organisation", "team", "project", "user", "key", "ip", "route", "model", "vendor"] as const;
export type Kind = (typeof kinds)[number];

/** The installation's own organisation in an account's id: before there were others, it had no name there. */
export const OWN_NAME = "";

/** Their names count within their organisation only: what the config says of one by name is said of the installation's own. */
const NAMED_WITHIN: ReadonlySet<Kind> = new Set(["team", "project", "user"]);

export function isNamedWithin(kind: Kind): boolean {
  return NAMED_WITHIN.has(kind);
}

/** Whether an organisation's accounts of these kinds are its own; those of routes, addresses and targets are everybody's. */
export function isOfOrganisation(of: readonly Kind[]): boolean {
  return of.some((kind) => kind === "organisation" || kind === "key" || isNamedWithin(kind));
}

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
