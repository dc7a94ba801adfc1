// The demo week as tests and screenshots use it.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Demo, startDemo } from "../support/demo.ts";

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
}, 240_000);
afterAll(() => demo?.stop());

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

async function everyCall(since_ms: number) {
  const auditor = demo.clientOf(demo.keys.auditor);
  const all: Awaited<ReturnType<typeof auditor.calls.list>>["calls"] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await auditor.calls.list({ limit: 200, since_ms, ...(cursor !== undefined && { cursor }) });
    all.push(...page.calls);
    cursor = page.next_cursor;
  }
  return all;
}

test("the demo has calls of seven days, none of the future, and of every way to end", async () => {
  const calls = await everyCall(Date.now() - WEEK_MS - DAY_MS);
  expect(calls.length).toBeGreaterThan(1900);
  expect(new Set(calls.map(({ started_at_ms: atMs }) => Math.trunc(atMs / DAY_MS))).size).toBeGreaterThanOrEqual(7);
  expect(calls.every(({ started_at_ms: atMs }) => atMs <= Date.now())).toBe(true);
  expect([...new Set(calls.map(({ outcome }) => outcome))].sort()).toEqual([
    "cancelled",
    "failed",
    "ok",
    "refused",
    "truncated",
  ]);
  const reasons = new Set(calls.map(({ error }) => error?.code));
  for (const code of [
    "governance.budget_short",
    "governance.switched_off",
    "guardrails.blocked",
    "providers.vendor_rate_limited",
  ])
    expect(reasons).toContain(code);
});

test("what a console shows besides calls is there: alerts, approvals, policies, traces", async () => {
  const admin = demo.clientOf(demo.keys.admin);
  const { alerts } = await admin.alerts.list();
  expect(alerts.filter(({ state }) => state === "firing").map(({ rule }) => rule)).toContain("engineering-money");
  expect(alerts.find(({ rule }) => rule === "finance-money")?.silenced_by).toHaveLength(1);
  const { entries } = await admin.alerts.history({ limit: 100, rule: "helpdesk-fails" });
  expect(entries.map(({ to }) => to)).toEqual(["resolved", "firing"]);
  const { approvals } = await admin.approvals.list({ limit: 50 });
  expect(approvals.map(({ state }) => state).sort()).toEqual([
    "approved",
    "pending",
    "pending",
    "pending",
    "refused",
    "refused",
  ]);
  expect((await admin.policies.list({})).versions.map(({ state }) => state)).toEqual(["active", "retired"]);
  const { switches } = await admin.switches.list({ state: "all" });
  expect(switches.map(({ lifted_at_ms: liftedAtMs }) => liftedAtMs === null)).toEqual([false]);
  const { traces } = await admin.traces.list({
    limit: 50,
    since_ms: Date.now() - WEEK_MS,
    filter: "service:support-agent",
  });
  expect(traces.length).toBeGreaterThan(3);
});

test("the keys are of the roles that they are named after", async () => {
  for (const role of ["admin", "auditor", "operator", "reviewer", "member", "child"] as const)
    expect((await demo.clientOf(demo.keys[role]).session.get()).roles).toContain(role);
});
