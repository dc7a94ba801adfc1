// The routes of organisations, users, teams and projects for the fake server: one list behind all of them.
import type { Applied, Entry, EntryKind } from "../../../governance/contract.ts";
import type { createDoor } from "./fake-door.ts";

export function sampleEntry(name = "core"): Entry {
  return {
    name,
    organisation: "default",
    roles: [],
    teams: [],
    disabled: false,
    budgets: [{ usd: 100, every: "month", when_short: "refuse" }],
    limits: [{ requests: 60, every: "minute" }],
    created_at_ms: new Date(2026, 10, 1).getTime(),
    updated_at_ms: new Date(2026, 10, 1).getTime(),
  };
}

export function sampleCounts(): Applied["counts"] {
  return { create: 0, change: 0, remove: 0, leave: 0, unchanged: 0 };
}

/** What a test wants to know of a change: of which kind, what was sent. */
export interface AskedEntry {
  kind: EntryKind;
  what: "create" | "update" | "delete";
  input: object;
}

export function fakeEntries(
  kind: EntryKind,
  routes: ReturnType<typeof createDoor>["teams"],
  { entries, asked }: { entries: Entry[]; asked: AskedEntry[] },
) {
  const change = (what: AskedEntry["what"], { ...input }: { name: string }): Entry => {
    asked.push({ kind, what, input });
    const said = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    return { ...sampleEntry(input.name), ...said };
  };
  return {
    list: routes.list.handler(() => ({ entries, next_cursor: null })),
    get: routes.get.handler(({ input }) => sampleEntry(input.name)),
    create: routes.create.handler(({ input }) => change("create", input)),
    update: routes.update.handler(({ input }) => change("update", input)),
    delete: routes.delete.handler(({ input }) => change("delete", input)),
  };
}
