// For tests: a record that is made up hour by hour, a clock that is set, and a drift room over both on a real database.
import { startMigratedDatabase } from "../../test/support/database.ts";
import { createWorld } from "../kernel/index.ts";
import type { RecordSample, SampledRecord, SampleQuery } from "../ledger/index.ts";
import { createDrift, driftConfigSchema, driftMigrations } from "./index.ts";

export const HOUR_MS = 3_600_000;
/** 2 November 2026, 00:00 UTC. */
export const BEGIN_MS = 1_793_577_600_000;

export interface MadeCall extends Partial<SampledRecord> {
  model?: string;
}

/** Gives the calls of an hour, evenly over it; hours are counted from BEGIN_MS. */
export type MakeHour = (hour: number) => MadeCall[];

export function madeRecord(call: MadeCall, at_ms: number): SampledRecord {
  const { model: _, ...said } = call;
  return {
    at_ms,
    input_tokens: 100,
    output_tokens: 50,
    duration_ms: 1000,
    first_token_ms: 200,
    finish_reason: "stop",
    answer_model: "m-1",
    fingerprint: null,
    outcome: "ok",
    request_preview: "what is it",
    response_preview: "this is what it is",
    cost_usd_micros: 5,
    ...said,
  };
}

export async function startTestDrift(config: Record<string, unknown> = {}) {
  const database = await startMigratedDatabase("drift", [driftMigrations]);
  const state = { nowMs: BEGIN_MS, make: (() => []) as MakeHour, lags: [] as number[] };
  const sampleRecords = (query: SampleQuery): Promise<RecordSample[]> => {
    const hour = Math.floor((query.since_ms - BEGIN_MS) / HOUR_MS);
    const calls = hour < 0 ? [] : state.make(hour);
    const samples = new Map<string, RecordSample>();
    for (const [place, call] of calls.entries()) {
      const at = BEGIN_MS + hour * HOUR_MS + (place * HOUR_MS) / calls.length;
      const { model = "m" } = call;
      if (at < query.since_ms || at >= query.until_ms || (query.profile && query.profile.model !== model)) continue;
      const sample = samples.get(model) ?? { profile: { model, route: "direct", prompt: null }, seen: 0, records: [] };
      samples.set(model, { ...sample, seen: sample.seen + 1, records: [...sample.records, madeRecord(call, at)] });
    }
    return Promise.resolve([...samples.values()]);
  };
  const drift = createDrift(
    driftConfigSchema.parse({ interval: 1, settle: 0, look_back: "1d", looks_max: 2000, ...config }),
    {
      storage: database.storage,
      source: { sampleRecords },
      embedder: { model: "none", embed: () => Promise.reject(new Error("no texts")) },
      world: createWorld({ nowMs: () => state.nowMs }),
      note: (lagMs) => void state.lags.push(lagMs),
    },
  );
  return {
    drift,
    state,
    /** Goes on to the beginning of that hour, with a check at each on the way. */
    async goTo(hour: number, step = hour): Promise<void> {
      for (let at = Math.floor((state.nowMs - BEGIN_MS) / HOUR_MS) + 1; at <= hour; at += step) {
        state.nowMs = BEGIN_MS + at * HOUR_MS;
        await drift.check();
      }
      state.nowMs = BEGIN_MS + hour * HOUR_MS;
      await drift.check();
    },
    async close(): Promise<void> {
      await drift.close();
      await database.close();
    },
  };
}

/** Numbers that are the same each time, and look like any: in [0, 1). */
export function lotOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
