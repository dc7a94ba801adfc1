import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type ContentSealer, createWorld, SEAL_MARK } from "../../../../kernel/index.ts";
import { startMigratedDatabase, type TestDatabase } from "../../../../../test/support/database.ts";
import { gatewayMigrations } from "../../../migrations/index.ts";
import { keyFrom } from "../../kept-answer.fixture.ts";
import { type Asked, createQuestions } from "../questions.ts";
import { shareQuestions } from "./share-questions.ts";
import { createQuestionStore, type QuestionStore } from "./store.ts";
import { createWordsAtRest } from "./words-at-rest.ts";
import { until } from "../../../../../test/support/until.ts";

function asked(number: number, more: Partial<Asked> = {}): Asked {
  const text = `grün ${number}`;
  const vector = Float32Array.of(0.6, -0.8, number);
  const place = { group: keyFrom(7), scope: "{}", model: "m" };
  return { key: keyFrom(number), ...place, text, vector, callId: `c${number}`, expiresAtMs: 60_000, ...more };
}

/** Turns each byte over, and opens at the place alone that it was sealed for. */
const sealer: ContentSealer & { isErased: boolean; owners: object[] } = {
  enabled: true,
  isErased: false,
  owners: [],
  seal(plain, { owner, place }) {
    this.owners.push(owner);
    return Buffer.concat([SEAL_MARK, Buffer.from(place.padEnd(100)), plain.map((byte) => byte ^ 0xff)]);
  },
  open(bytes, place) {
    if (this.isErased) return undefined;
    if (Buffer.from(bytes.subarray(3, 103)).toString().trimEnd() !== place) throw new Error("sealed for elsewhere");
    return bytes.slice(103).map((byte) => byte ^ 0xff);
  },
};

describe("the store of questions", () => {
  let database: TestDatabase;
  let store: QuestionStore;
  const bound = { nowMs: 1000, entriesMax: 10 };

  const storeOf = (embeddingModel: string, sealer?: ContentSealer): QuestionStore =>
    createQuestionStore({ storage: database.storage, embeddingModel, words: createWordsAtRest(sealer) });

  beforeAll(async () => {
    database = await startMigratedDatabase("gateway", [gatewayMigrations]);
    store = storeOf("toy");
  });
  afterAll(() => database.close());

  test("gives them as they were written, the newest first, of one embedding model", async () => {
    const { until: heardUntil } = await store.hear(undefined, bound);
    await store.write([asked(1), asked(2)], 1000);
    await store.write([asked(1, { callId: "later" })], 1000);
    const { asked: heard } = await store.hear(undefined, bound);
    expect(heard.map(({ callId }) => callId)).toEqual(["later", "c2"]);
    const { expiresAtMs, ...second } = heard[1] ?? asked(0);
    expect({ ...second, expiresAtMs: 60_000 }).toEqual(asked(2));
    expect(Math.abs(expiresAtMs - 60_000)).toBeLessThan(30_000);
    expect((await store.hear(heardUntil, bound)).asked).toHaveLength(2);
    expect((await store.hear(undefined, { ...bound, entriesMax: 1 })).asked).toHaveLength(1);
    expect((await storeOf("other").hear(undefined, bound)).asked).toEqual([]);
  });

  test("keeps neither words nor vectors in clear where stored content is sealed", async () => {
    const sealed = storeOf("sealed", sealer);
    await sealed.write([asked(4, { scope: '{"project":"atlas","user":"ada"}' })], 1000);
    const { rows } = await database.storage.pool.query<{ all: string }>(
      "select row_to_json(q)::text as all from gateway_cache_questions as q where call_id = 'c4'",
    );
    expect(rows[0]?.all).not.toContain("grün");
    expect(rows[0]?.all).not.toContain(Buffer.from(asked(4).vector.buffer).toString("hex"));
    expect(sealer.owners).toMatchObject([{ project: "atlas", user: "ada" }]);
    const [heard] = (await sealed.hear(undefined, bound)).asked;
    expect(heard).toMatchObject({ text: "grün 4", vector: asked(4).vector, callId: "c4" });
    expect(heard?.expiresAtMs).toBeGreaterThan(30_000);

    // Questions of before are read as ever, and those that cannot be opened are told to be over.
    await storeOf("sealed").write([asked(5)], 1000);
    await database.storage.pool.query("update gateway_cache_questions set key = sha256(key) where call_id = 'c4'");
    const moved = (await sealed.hear(undefined, bound)).asked;
    expect(moved.map(({ text, expiresAtMs }) => [text, expiresAtMs > 1000])).toEqual([
      ["grün 5", true],
      ["", false],
    ]);
    await sealed.write([asked(6)], 1000);
    sealer.isErased = true;
    const [erased] = (await sealed.hear(undefined, bound)).asked;
    expect(erased).toMatchObject({ key: keyFrom(6), text: "", expiresAtMs: 1000 });
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
