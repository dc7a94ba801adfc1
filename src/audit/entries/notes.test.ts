import { expect, test } from "bun:test";
import { refusedByPostgresql } from "../../../test/support/database.ts";
import { until } from "../../../test/support/until.ts";
import { type CompleteEntry, SYSTEM } from "../acting/acting.ts";
import { createNotes } from "./notes.ts";

const CONFIG = {
  waiting_max: 5,
  together_max: 3,
  gather: 1,
  retry: 1,
  refusals_per_minute_max: 2,
  gap_interval: 1,
};

function startNotes(config: Partial<typeof CONFIG> = {}) {
  const written: CompleteEntry[] = [];
  const state = { isAvailable: true, failsWith: undefined as Error | undefined, poison: "" };
  const notes = createNotes(
    { ...CONFIG, ...config },
    {
      isAvailable: () => state.isAvailable,
      nowMs: () => Date.now(),
      log: { warn: () => undefined },
      write(entries) {
        if (state.failsWith) return Promise.reject(state.failsWith);
        const poisoned = entries.some(({ action }) => action === state.poison);
        if (poisoned) return Promise.reject(refusedByPostgresql("22P02"));
        written.push(...entries);
        return Promise.resolve();
      },
    },
  );
  return { notes, written, state, actions: () => written.map(({ action }) => action) };
}

const entry = (action: string, outcome: CompleteEntry["outcome"] = "ok"): CompleteEntry => ({
  action,
  actor: SYSTEM,
  organisation: "default",
  resource: { type: "test", id: "" },
  outcome,
});

test("what may not happen unseen is refused while nothing can be written, or too much waits", async () => {
  const { notes, state } = startNotes({ gather: 60_000 });
  const waiting = Array.from({ length: 5 }, () => notes.note(entry("a")));
  expect(await notes.note(entry("b")).catch(({ code }) => code)).toBe("audit.full");
  await notes.close();
  await Promise.all(waiting);
  const away = startNotes();
  away.state.isAvailable = false;
  expect(await away.notes.note(entry("a")).catch(({ code }) => code)).toBe("audit.unavailable");
  expect(state.isAvailable).toBe(true);
});

test("what happened anyhow waits for a better moment, and what finds no room is told as a gap", async () => {
  const { notes, state, written, actions } = startNotes();
  state.failsWith = new Error("the database is away");
  for (let index = 0; index < 8; index += 1) notes.tell(entry(`act.${index}`));
  expect(notes.untold()).toBe(3);
  state.failsWith = undefined;
  await until(() => actions().includes("gap"));
  expect(actions().filter((action) => action !== "gap")).toEqual(["act.0", "act.1", "act.2", "act.3", "act.4"]);
  const dropped = written.flatMap(({ action, details }) => (action === "gap" ? [Number(details?.["dropped"])] : []));
  expect(dropped.reduce((sum, each) => sum + each, 0)).toBe(3);
  await notes.close();
});

test("refusals without end are counted beyond a bound", async () => {
  const { notes, written, actions } = startNotes({ waiting_max: 1000, gap_interval: 60_000 });
  for (let index = 0; index < 50; index += 1) notes.tell(entry("identify", "refused"));
  await notes.close();
  expect(actions()).toEqual(["identify", "identify", "gap"]);
  expect(written.at(-1)?.details).toMatchObject({ dropped: 48 });
});

test("an entry that PostgreSQL will never take keeps no other waiting", async () => {
  const { notes, state, actions } = startNotes();
  state.poison = "bad";
  notes.tell(entry("before"));
  notes.tell(entry("bad"));
  notes.tell(entry("after"));
  await until(() => actions().includes("gap"));
  expect(actions()).toEqual(["before", "after", "gap"]);
  await notes.close();
});
