import { afterAll, beforeAll, expect, test } from "bun:test";
import { startMigratedDatabase } from "../../../test/support/database.ts";
import { newId } from "../../kernel/index.ts";
import { NO_EVIDENCE } from "../checking/candidates.ts";
import { makeBaseline } from "../comparing/baseline.ts";
import { driftMigrations } from "../migrations/index.ts";
import type { StoredBaseline } from "./baselines.ts";
import type { StoredFinding } from "./findings.ts";
import { createDriftStore, type DriftStore } from "./store.ts";

const NOW_MS = 1_793_577_600_000;
const KEPT_MAX = 100;

let store: DriftStore;
let database: Awaited<ReturnType<typeof startMigratedDatabase>>;
beforeAll(async () => {
  database = await startMigratedDatabase("drift", [driftMigrations]);
  store = createDriftStore(database.storage);
});
afterAll(() => database?.close());

async function makeBaselineOf(profile: string): Promise<StoredBaseline> {
  const about = { profile, label: "release 7", source: "chosen" as const, content: makeBaseline([], []) };
  const baseline = { ...about, id: newId(), sinceMs: NOW_MS, untilMs: NOW_MS, madeAtMs: NOW_MS };
  await store.baselines.put(baseline);
  return baseline;
}

function findingOf(profile: string | null): StoredFinding {
  const times = { sinceMs: NOW_MS, openedAtMs: NOW_MS, updatedAtMs: NOW_MS, closedAtMs: null };
  const about = { profile, kind: "distribution" as const, figure: "input_tokens", state: "open" as const };
  return { id: newId(), ...about, held: 1, missed: 0, ...times, evidence: NO_EVIDENCE };
}

const openOnes = async (): Promise<(string | null)[]> =>
  (await store.findings.list({ state: "open", limit: KEPT_MAX })).map(({ profile }) => profile);

test("what was compared with a baseline that has gone meanwhile, or was replaced, is not written", async () => {
  const [gone, replaced, standing] = await Promise.all(["gone", "replaced", "standing"].map(makeBaselineOf));
  if (!gone || !replaced || !standing) throw new Error("three were made");
  const [ofGone, ofStanding] = [findingOf("gone"), findingOf("standing")];
  const compared = [gone, replaced, standing];
  const first = { written: [ofGone, findingOf("replaced"), ofStanding], dropped: [] };
  expect(await store.findings.write(first, compared, KEPT_MAX)).toHaveLength(3);

  expect(await store.baselines.remove(gone.id, NOW_MS)).toBe(true);
  await makeBaselineOf("replaced");
  expect(await openOnes()).toEqual(["standing"]);
  const late = { written: [ofGone, findingOf("replaced"), ofStanding, findingOf(null)], dropped: [] };
  const written = await store.findings.write(late, compared, KEPT_MAX);
  expect(written.map(({ profile }) => profile)).toEqual(["standing", null]);
  expect((await openOnes()).toSorted()).toEqual([null, "standing"]);
});

test("a baseline that is taken away while a check writes takes what is written with it", async () => {
  const baselines = await Promise.all(Array.from({ length: 20 }, (_, place) => makeBaselineOf(`at once ${place}`)));
  await Promise.all(
    baselines.flatMap((baseline) => [
      store.findings.write({ written: [findingOf(baseline.profile)], dropped: [] }, [baseline], KEPT_MAX),
      store.baselines.remove(baseline.id, NOW_MS),
    ]),
  );
  expect((await openOnes()).filter((profile) => profile?.startsWith("at once"))).toEqual([]);
});
