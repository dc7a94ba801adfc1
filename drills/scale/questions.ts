// What is asked of a full store: the lists, trees and searches that people wait for, each with its bound.
import type { Ledger, SumQuery } from "../../src/ledger/index.ts";

export interface Question {
  name: string;
  /** Undefined where nothing was promised. */
  boundMs?: number;
  /** The `turn`th time it is asked; resolves with how much was found. */
  ask(turn: number): Promise<number>;
}

export interface Asked {
  name: string;
  boundMs: number | undefined;
  medianMs: number;
  worstMs: number;
  found: number;
}

const WEEK_MS = 7 * 86_400_000;
const DAY_MS = 86_400_000;

export function questionsOf(
  { records, listCalls, sums }: Pick<Ledger, "records" | "listCalls" | "sums">,
  { endMs, traces }: { endMs: number; traces: { middle: string; large: string } },
): Question[] {
  const list =
    (filter: string, days = 1) =>
    async () =>
      (await records.listRecords({ limit: 50, filter, since_ms: endMs - days * DAY_MS })).records.length;
  const listTraces =
    (filter: string, match: "root" | "any" = "root", days = 1) =>
    async () =>
      (await records.listTraces({ limit: 50, match, filter, since_ms: endMs - days * DAY_MS })).traces.length;
  const search = (words: (turn: number) => string) => async (turn: number) =>
    (await records.listRecords({ limit: 50, filter: words(turn), since_ms: endMs - WEEK_MS })).records.length;
  const readTrace = (id: string, limit: number) => async () =>
    (await records.readTrace({ id, limit }))?.nodes.length ?? 0;
  return [
    { name: "calls", boundMs: 200, ask: async () => (await listCalls({ limit: 50 })).calls.length },
    {
      name: "calls, filtered",
      boundMs: 200,
      ask: async () => (await listCalls({ limit: 50, filter: "outcome:failed AND duration:>2s" })).calls.length,
    },
    { name: "records", boundMs: 200, ask: list("") },
    { name: "records of a user, 7 days", boundMs: 200, ask: list("user:user-7", 7) },
    { name: "records, rare model and cost", boundMs: 200, ask: list("model:rare* AND cost:>0.001", 7) },
    { name: "traces", boundMs: 200, ask: listTraces("") },
    {
      name: "traces of a service",
      boundMs: 200,
      ask: listTraces("service:service-1 AND environment:production", "root", 7),
    },
    { name: "traces, slow and failed", boundMs: 200, ask: listTraces("outcome:failed AND duration:>3s", "root", 7) },
    { name: "traces of a session", boundMs: 200, ask: listTraces("session:s-30", "root", 30) },
    { name: "traces, any record failed", boundMs: 200, ask: listTraces("kind:tool AND outcome:failed", "any") },
    { name: "trace of 5,000 spans", boundMs: 150, ask: readTrace(traces.middle, 5000) },
    { name: "trace of 100,000 spans, 5,000 shown", ask: readTrace(traces.large, 5000) },
    { name: "text: a rare word", boundMs: 1000, ask: search((turn) => `order${turn * 37 + 11}`) },
    { name: "text: a common word", boundMs: 1000, ask: search((turn) => `w${turn + 1}`) },
    { name: "text: two words", boundMs: 1000, ask: search((turn) => `w${turn + 300} w${turn + 500}`) },
    { name: "text: a phrase", boundMs: 1000, ask: search((turn) => `"w${turn + 2} w${turn + 40}"`) },
    { name: "text: a prefix", boundMs: 1000, ask: search((turn) => `w19${turn % 10}*`) },
    { name: "text and a filter", boundMs: 1000, ask: search((turn) => `w${turn + 100} model:gpt-4o user:user-3*`) },
    { name: "text: nothing of the kind", boundMs: 1000, ask: search(() => "nowhere") },
    ...dashboardsOf(sums, endMs),
    { name: "sessions", boundMs: 500, ask: async () => (await records.listSessions({ limit: 50 })).items.length },
    { name: "users", boundMs: 500, ask: async () => (await records.listActiveUsers({ limit: 50 })).items.length },
  ];
}

/** What a page of figures asks: durations, errors and cost over time, and who and what they come from. */
function dashboardsOf(sums: Ledger["sums"], endMs: number): Question[] {
  const dashboard = (days: number, query: Omit<SumQuery, "since_ms" | "until_ms">) => async () =>
    (await sums({ limit: 20, ...query, since_ms: endMs - days * DAY_MS, until_ms: endMs })).rows.length;
  return [
    { name: "dashboard: a day by hour", boundMs: 500, ask: dashboard(1, { bucket: "hour" }) },
    { name: "dashboard: a day by hour and model", boundMs: 500, ask: dashboard(1, { bucket: "hour", by: ["model"] }) },
    { name: "dashboard: a week by hour", boundMs: 500, ask: dashboard(7, { bucket: "hour" }) },
    { name: "dashboard: a week by hour and model", boundMs: 500, ask: dashboard(7, { bucket: "hour", by: ["model"] }) },
    { name: "dashboard: 30 days by day and model", boundMs: 500, ask: dashboard(30, { bucket: "day", by: ["model"] }) },
    {
      name: "dashboard: 30 days by route and outcome",
      boundMs: 500,
      ask: dashboard(30, { by: ["route", "outcome"], spreads: false }),
    },
    {
      name: "dashboard: 30 days, one team by day and user",
      boundMs: 500,
      ask: dashboard(30, { bucket: "day", by: ["user"], where: { team: ["team-3"] }, spreads: false }),
    },
    { name: "cost: 30 days by user", boundMs: 500, ask: dashboard(30, { by: ["user"], spreads: false }) },
    {
      name: "cost: 30 days by team and model",
      boundMs: 500,
      ask: dashboard(30, { by: ["team", "model"], spreads: false }),
    },
    { name: "cost: 30 days by tag", boundMs: 500, ask: dashboard(30, { by: ["tag"], spreads: false }) },
  ];
}

/** Each a few times; the first is not counted, which finds the tables' files. */
export async function askAll(questions: readonly Question[], times: number, signal: AbortSignal): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const { name, boundMs, ask } of questions) {
    const taken: number[] = [];
    let found = 0;
    for (let turn = 0; turn <= times; turn += 1) {
      signal.throwIfAborted();
      const startedMs = performance.now();
      found = await ask(turn).catch(() => -1);
      if (turn > 0) taken.push(performance.now() - startedMs);
    }
    taken.sort((one, other) => one - other);
    asked.push({
      name,
      boundMs,
      found,
      medianMs: taken[Math.floor(taken.length / 2)] ?? 0,
      worstMs: taken.at(-1) ?? 0,
    });
  }
  return asked;
}
