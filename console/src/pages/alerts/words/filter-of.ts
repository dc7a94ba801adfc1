// The calls that the labels of a series are about, in the ledger's filter language.
import { filterFieldNames } from "../../../../../src/ledger/filter/contract.ts";

const filterable: ReadonlySet<string> = new Set(filterFieldNames);

/** `route:helpdesk AND outcome:failed`, null where nothing is known to narrow calls by. */
export function filterOf(about: Readonly<Record<string, string | readonly string[]>>): string {
  const terms = Object.entries(about)
    .filter(([name, value]) => filterable.has(name) && value !== "")
    .map(([name, value]) => (typeof value === "string" ? termOf(name, value) : anyOf(name, value)));
  return terms.join(" AND ");
}

function anyOf(name: string, values: readonly string[]): string {
  const terms = values.map((value) => termOf(name, value));
  return terms.length === 1 ? (terms[0] ?? "") : `(${terms.join(" OR ")})`;
}

/** A value that is not a plain word is quoted. */
function termOf(name: string, value: string): string {
  return /^[\w.@/-]+$/.test(value) ? `${name}:${value}` : `${name}:"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
