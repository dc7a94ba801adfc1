// Keys with what bounds them, and those of them that are looked for.
import type { BudgetView, Key } from "../../../../src/governance/contract.ts";
import { type CapView, capsOf, groupByOwner, whoseOf } from "../../components/access/caps/caps-of.ts";
import { type KeyState, ownersOf, rightsOf, stateOfKey } from "../../components/access/keys/say-key.ts";
import type { Shown } from "./address.ts";

export interface KeyRow {
  key: Key;
  caps: readonly CapView[];
  state: KeyState;
}

export function rowsOf(keys: readonly Key[], budgets: readonly BudgetView[], nowMs: number): KeyRow[] {
  const counted = groupByOwner(budgets);
  return keys.map((key) => {
    const owner = { kind: "key", name: key.id, budgets: key.budgets, limits: key.limits } as const;
    return { key, caps: capsOf(owner, counted.get(whoseOf(owner)) ?? []), state: stateOfKey(key, nowMs) };
  });
}

/** Its name, id, owners and rights are looked in. */
export function findRows(rows: readonly KeyRow[], { find, state }: { find: string; state: Shown }): KeyRow[] {
  const wanted = find.trim().toLowerCase();
  return rows.filter(
    (row) => (state === "all" || row.state === state) && (wanted === "" || wordsOf(row).includes(wanted)),
  );
}

function wordsOf({ key }: KeyRow): string {
  const owners = ownersOf(key).map(({ kind, name }) => `${kind}:${name}`);
  return [key.name, key.id, rightsOf(key), ...owners].join(" ").toLowerCase();
}
