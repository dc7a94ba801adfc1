import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createWorld } from "../../../../kernel/index.ts";
import { startTestDatabase, type TestDatabase } from "../../../../../test/support/database.ts";
import { gatewayMigrations } from "../../../migrations/index.ts";
import { keyFrom } from "../../kept-answer.fixture.ts";
import { type Asked, createQuestions } from "../questions.ts";
import { shareQuestions } from "./share-questions.ts";
import { createQuestionStore, type QuestionStore } from "./store.ts";
import { until } from "../../../../../test/support/until.ts";

function asked(number: number, more: Partial<Asked> = {}): Asked {
  const text = `grün ${number}`;
  const vector = Float32Array.of(0.6, -0.8, number);
  const place = { group: keyFrom(7), scope: "{}", model: "m" };
  return { key: keyFrom(number), ...place, text, vector, callId: `c${number}`, expiresAtMs: 60_000, ...more };
}

describe("the store of questions", () => {
  let database: TestDatabase;
  let store: QuestionStore;
  const bound = { nowMs: 1000, entriesMax: 10 };

  beforeAll(async () => {
    database = await startTestDatabase();
    await database.storage.migrate([gatewayMigrations]);
    store = createQuestionStore(database.storage, "toy");
  });
  afterAll(() => database.close());

  test("gives them as they were written, the newest first, of one embedding model", async () => {
    await store.write([asked(1), asked(2)], 1000);
    await store.write([asked(1, { callId: "later" })], 1000);
    const { asked: heard, until: heardUntil } = await store.hear(undefined, bound);
    expect(heard.map(({ callId }) => callId)).toEqual(["later", "c2"]);
    const { expiresAtMs, ...second } = heard[1] ?? asked(0);
    expect({ ...second, expiresAtMs: 60_000 }).toEqual(asked(2));
    expect(Math.abs(expiresAtMs - 60_000)).toBeLessThan(30_000);
    expect((await store.hear(heardUntil, bound)).asked).toHaveLength(2);
    expect((await store.hear(undefined, { ...bound, entriesMax: 1 })).asked).toHaveLength(1);
    expect((await createQuestionStore(database.storage, "other").hear(undefined, bound)).asked).toEqual([]);
  });

  test("tells of what is forgotten by its time", async () => {
    await store.write([asked(3)], 1000);
    await store.forget([keyFrom(3)]);
    const { asked: heard } = await store.hear(undefined, bound);
    expect(heard.find(({ callId }) => callId === "c3")?.expiresAtMs).toBeLessThanOrEqual(1000);
    await store.sweep();
  });
});

/** A store that remembers what was written to it, and can be away. */
function startSharing() {
  const questions = createQuestions({ entries_max: 10, group_entries_max: 10 });
  const state = { isAway: false, written: [] as Asked[], forgotten: [] as string[], toHear: [] as Asked[] };
  const shared = shareQuestions(
    { interval: 1, sweep_interval: 60_000, entriesMax: 10 },
    {
      questions,
      world: createWorld({ nowMs: () => 1000 }),
      isAvailable: () => !state.isAway,
      store: {
        write: async (batch) => void state.written.push(...batch),
        forget: async (keys) => void state.forgotten.push(...keys),
        hear: async () => ({ until: new Date(0), asked: state.toHear }),
        sweep: async () => undefined,
      },
    },
  );
  shared.start();
  return { questions, state, shared };
}

describe("sharing questions", () => {
  test("waits while the database is away, and tells each once when it is back", async () => {
    const { state, shared } = startSharing();
    state.isAway = true;
    for (const each of [asked(1), asked(2), asked(1, { callId: "later" }), asked(3, { text: "a\0b" })])
      shared.tell(each);
    shared.forget(asked(9));
    await Bun.sleep(5);
    expect(state.written).toEqual([]);
    state.isAway = false;
    await until(() => state.written.length === 2 && state.forgotten.length === 1);
    await shared.close();
    expect(state.written.map(({ callId }) => callId)).toEqual(["c2", "later"]);
  });

  test("takes in those of others, and lets go what they forgot", async () => {
    const { state, questions, shared } = startSharing();
    state.toHear = [asked(1), asked(2)];
    await until(() => questions.size === 2);
    state.toHear = [asked(2, { expiresAtMs: 1000 })];
    await until(() => questions.size === 1);
    expect(questions.holds(asked(1))).toBe(true);
    await shared.close();
  });
});
