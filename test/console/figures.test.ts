// Every page's main figures are the API's: each page is held against what the public client answers, by the words of the console.
import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import {
  formatAge,
  formatBytes,
  formatCount,
  formatDuration,
  formatMs,
  formatShare,
  formatUsd,
} from "../../console/src/format/figures.ts";
import { until } from "../support/until.ts";
import type { Activity } from "../../src/ledger/contract.ts";
import type { BoundaryView } from "../../src/observability/contract.ts";
import { aFewCalls, makeCall } from "./support/data.ts";
import { type ConsoleUnderTest, describeConsole } from "./support/describe-console.ts";
import type { StartHouse } from "./support/house/house.ts";
import { startWithSession } from "./support/house/session-calls.ts";
import { goTo } from "./support/open-console.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const RECORDS = 15;
const CALL_COLUMNS = ["Outcome", "Status", "Tokens in", "out", "Cost, USD", "First, ms", "Total, ms"];

/** Two calls of a session, nine others, three that were refused and one by a route; something is switched off. */
const startVaried: StartHouse = async (options) => {
  const house = await startWithSession(options);
  await aFewCalls(house);
  await house.client.switches.throw({ kind: "model", name: "sim/nothing", reason: "a drill" });
  await house.client.routes.put({ name: "desk", plan: { targets: ["sim/sim-small"] } });
  await makeCall(house, { model: "desk", messages: [{ role: "user", content: "By a route" }] });
  await house.client.keys.create({ name: "spare" });
  await until(async () => {
    const { rows } = await house.client.figures.series({ bucket: "none" });
    return (rows[0]?.records ?? 0) >= RECORDS;
  });
  return house;
};

/** The page asks again by itself, and so does this: what both say at last is the same. */
async function expectSame<T>(shown: () => Promise<T>, asked: () => Promise<T>): Promise<void> {
  let both: [T, T] | undefined;
  await until(async () => {
    both = [await shown(), await asked()];
    return Bun.deepEquals(...both);
  }).catch(() => undefined);
  expect(both?.[0]).toEqual(both?.[1] as T);
}

/** The instruments of a page, by their names. */
const instruments = (page: Page, names: readonly string[]) => async (): Promise<Record<string, string>> => {
  const all = await page
    .locator("dl > dt")
    .evaluateAll((terms) => terms.map((dt) => [dt.textContent, dt.nextElementSibling?.textContent ?? ""] as const));
  return Object.fromEntries(all.filter(([name]) => names.includes(name)));
};

/** The rows of a list with these of its columns. Its last line, which counts them, is none of them. */
const cellsOf = (list: Locator, columns: readonly string[]) => (): Promise<string[][]> =>
  list.evaluate((table, wanted) => {
    const textsIn = (place: Element, roles: string): string[] =>
      [...place.querySelectorAll(roles)].map(({ textContent }) => textContent.trim());
    const heads = textsIn(table, "[role=columnheader]");
    return [...table.querySelectorAll("[role=row]")]
      .map((row) => textsIn(row, "[role=gridcell], [role=cell]"))
      .filter((cells) => cells.length === heads.length)
      .map((cells) => wanted.map((name) => cells[heads.indexOf(name)] ?? `no column ${name}`));
  }, columns);

describeConsole("figures", { start: startVaried }, (given) => {
  test("of lists are the API's: calls, traces, sessions and users, each row", () => lists(given));
  test("of the last hour, of this month and of the trail are the API's", () => sums(given));
  test("of routes, vendors and keys are the API's", () => parts(given));
  test("of what is stored and of the parts of the program are the API's", () => settings(given));
  test("of the boundary are the API's: each signal's lag, how slow it gets and its bound", () => boundary(given));
  test("of people are the API's: who they are, how and when they sign in", () => people(given));
  test("of rules are the API's: what decides, and what is off", () => rules(given));
});

async function lists(given: ConsoleUnderTest): Promise<void> {
  const { client } = given.app;
  const page = await given.open({ page: "/calls", width: 1920 });
  await expectSame(cellsOf(page.getByRole("grid", { name: "Calls, newest first" }), CALL_COLUMNS), async () =>
    (await client.calls.list({ limit: 100 })).calls.map(({ outcome, status, tokens, cost, timings }) => [
      outcome,
      String(status),
      ...[tokens.input, tokens.output].map((count) => (tokens.source === "unknown" ? "–" : formatCount(count))),
      cost.usd_micros === null || tokens.source === "unknown" ? "–" : formatUsd(cost.usd_micros),
      timings.first_token_ms === null ? "–" : formatMs(timings.first_token_ms),
      `${formatMs(timings.total_ms)} ms`,
    ]),
  );
  await goTo(page, given.app.url, "/traces");
  await expectSame(
    cellsOf(page.getByRole("grid", { name: "Traces" }), ["Failed", "Records", "Calls", "Tokens", "Took", "Cost, USD"]),
    async () =>
      (await client.traces.list({ limit: 100 })).traces.map(({ totals }) => [
        ...[totals.failed, totals.records, totals.calls, totals.tokens.input + totals.tokens.output].map(formatCount),
        formatDuration(totals.ended_at_ms - totals.started_at_ms),
        // What asked no model has no cost.
        totals.tokens.input + totals.tokens.output === 0 ? "–" : formatUsd(totals.cost_usd_micros),
      ]),
  );
  const rowOf = ({ traces, totals }: Activity): string[] => [
    ...[traces, totals.calls, totals.failed].map(formatCount),
    `${formatCount(totals.tokens.input)} → ${formatCount(totals.tokens.output)}`,
    formatUsd(totals.cost_usd_micros),
  ];
  const columns = ["Calls", "Failed", "Tokens in → out", "Cost, USD"];
  await goTo(page, given.app.url, "/sessions");
  await expectSame(cellsOf(page.getByRole("grid", { name: "Sessions" }), ["Turns", ...columns]), async () =>
    (await client.sessions.list({})).items.map(rowOf),
  );
  await goTo(page, given.app.url, "/users");
  await expectSame(cellsOf(page.getByRole("grid", { name: "Users" }), ["Traces", ...columns]), async () =>
    (await client.activity.users({})).items.map(rowOf),
  );
}

async function sums(given: ConsoleUnderTest): Promise<void> {
  const { client } = given.app;
  const page = await given.open({ page: "/" });
  const hour = ["Calls, last hour", "Spend, last hour", "Not answered, last hour", "Slow ones take (p95)"];
  await expectSame(instruments(page, hour), async () => {
    const { rows } = await client.figures.series({ bucket: "none", since_ms: Date.now() - HOUR_MS });
    const [row] = rows;
    if (row === undefined) throw new Error("the API knows of no calls");
    const unwell = row.failed + row.refused;
    expect(unwell).toBeGreaterThan(0);
    return {
      "Calls, last hour": formatCount(row.records),
      "Spend, last hour": formatUsd(row.cost_usd_micros),
      "Not answered, last hour": `${formatCount(unwell)} ${formatShare(unwell / row.records)} %`,
      "Slow ones take (p95)": formatDuration(row.duration?.p95_ms ?? -1),
    };
  });
  await goTo(page, given.app.url, "/cost");
  const now = new Date();
  await expectSame(instruments(page, ["Spent", "Saved by caches", "Wasted by retries", "Tokens"]), async () => {
    const { total } = await client.costs.list({
      by: "model",
      since_ms: Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1),
    });
    expect(total.cost_usd_micros).toBeGreaterThan(0);
    return {
      Spent: formatUsd(total.cost_usd_micros),
      "Saved by caches": formatUsd(total.saved_usd_micros),
      "Wasted by retries": formatUsd(total.wasted_usd_micros),
      Tokens: formatCount(total.tokens.input + total.tokens.output),
    };
  });
  await goTo(page, given.app.url, "/audit?tab=tree");
  const tree = ["Entries in the tree", "Waiting for a place", "Keys that signed it"];
  await expectSame(instruments(page, tree), async () => {
    const { size, waiting, keys } = await client.audit.state();
    return Object.fromEntries(
      tree.map((name, place) => [name, formatCount([size, waiting, keys.length][place] ?? -1)]),
    );
  });
}

async function parts(given: ConsoleUnderTest): Promise<void> {
  const { client } = given.app;
  const page = await given.open({ page: "/routes", width: 1920 });
  const figures = (by: "route" | "vendor", since: number) =>
    client.figures.series({ by, bucket: "none", own: "true", limit: 100, since_ms: Date.now() - since });
  await expectSame(
    cellsOf(page.getByRole("grid", { name: "Routes" }), ["Route", "Calls, 1 h", "Share, %", "Failed, %", "p95"]),
    async () => {
      const { rows } = await figures("route", HOUR_MS);
      const all = rows.reduce((sum, { records }) => sum + records, 0);
      const desk = rows.find(({ key }) => key["route"] === "desk");
      if (desk === undefined) return [];
      const shares = [desk.records / all, desk.failed / desk.records].map(formatShare);
      return [["desk", formatCount(desk.records), ...shares, formatDuration(desk.duration?.p95_ms ?? -1)]];
    },
  );
  await goTo(page, given.app.url, "/routes?tab=vendors");
  await until(async () => {
    const { rows } = await figures("vendor", 24 * HOUR_MS);
    const sim = rows.find(({ key }) => key["vendor"] === "sim");
    const said = `${formatCount(sim?.records ?? -1)} calls, ${formatShare((sim?.failed ?? -1) / (sim?.records ?? 1))} % failed`;
    const found = page
      .getByRole("region", { name: "sim", exact: true })
      .getByText(`${said}, p95 ${formatDuration(sim?.duration?.p95_ms ?? -1)}`);
    return (await found.count()) > 0;
  });
  await expectSame(
    cellsOf(page.getByRole("table", { name: "Targets now" }), ["Target", "Failed, %", "First token"]),
    async () =>
      (await client.targets()).targets.map(({ target, failure_share: share, first_token_ms: ms }) => [
        target,
        formatShare(share),
        ms === null ? "–" : formatDuration(ms),
      ]),
  );
  await goTo(page, given.app.url, "/keys");
  await expectSame(cellsOf(page.getByRole("grid", { name: "Keys" }), ["Key", "Spent, 7 days"]), async () => {
    const spent = await client.figures.series({
      by: "key",
      bucket: "none",
      limit: 100,
      since_ms: Date.now() - 168 * HOUR_MS,
    });
    return (await client.keys.list({})).keys.map(({ id, name }) => [
      name,
      formatUsd(spent.rows.find(({ key }) => key["key"] === id)?.cost_usd_micros ?? 0),
    ]);
  });
}

async function settings(given: ConsoleUnderTest): Promise<void> {
  const { client } = given.app;
  const page = await given.open({ page: "/settings?tab=storage" });
  await expectSame(instruments(page, ["Database", "Records are kept", "Bodies are kept", "Days on disk"]), async () => {
    const { total_bytes: bytes, keep, days } = await client.storage();
    return {
      Database: formatBytes(bytes),
      "Records are kept": `${formatCount(keep.records_ms / DAY_MS)} days`,
      "Bodies are kept": `${formatCount(keep.bodies_ms / DAY_MS)} days`,
      "Days on disk": formatCount(days.length),
    };
  });
  await goTo(page, given.app.url, "/settings?tab=health");
  const shown = page.getByRole("list", { name: "Parts of the program" });
  await shown.waitFor();
  const { ledger, calls, database } = await client.status();
  const words = (await shown.innerText()).replaceAll(/\s+/g, " ");
  expect(words).toContain(`PostgreSQL ${database.version}, ${database.kind}`);
  expect(words).toContain(`of ${formatBytes(ledger.journal_max_bytes)}`);
  expect(words).toContain(`of ${formatCount(calls.max)} at once`);
  await expectSame(
    async () => (await page.getByRole("table", { name: "Processes" }).locator("tbody tr").allInnerTexts()).length,
    async () => (await client.status()).workers.length,
  );
}

async function rules(given: ConsoleUnderTest): Promise<void> {
  const { client } = given.app;
  const page = await given.open({ page: "/policies", width: 1920 });
  await expectSame(cellsOf(page.getByRole("table", { name: "Policies that decide" }), ["Policy", "Effect"]), async () =>
    (await client.policies.active()).policies.map(({ id, effect }) => [id, effect]),
  );
  await goTo(page, given.app.url, "/switches");
  const { switches } = await client.switches.list({});
  await page.getByRole("link", { name: `Off now ${switches.length}` }).waitFor();
  const items = page.getByRole("list", { name: "What is switched off" }).getByRole("listitem");
  await expectSame(
    () => items.count(),
    async () => switches.length,
  );
}

/** Lags change by the second, so what is shown is held against what the page itself was answered last. */
async function boundary(given: ConsoleUnderTest): Promise<void> {
  const page = await given.open({ page: "/" });
  let answered: BoundaryView | undefined;
  page.on("response", async (response) => {
    if (new URL(response.url()).pathname.endsWith("/boundary")) answered = await response.json();
  });
  await makeCall(given.app, { model: "sim/sim-small", messages: [{ role: "user", content: "How late is it?" }] });
  await until(() => answered?.signals.some(({ signal, lag_ms: lag }) => signal === "records" && lag !== null) ?? false);
  const table = page.getByRole("table", { name: /^Lag of each signal/ });
  const say = (ms: number | null): string => (ms === null ? "–" : formatDuration(ms));
  await expectSame(
    () =>
      table
        .locator("tbody tr")
        .evaluateAll((rows) =>
          rows.map((row) => [...row.querySelectorAll("td")].map(({ textContent }) => textContent)),
        ),
    async () => answered?.signals.map(({ lag_ms: lag, p99_ms: p99, bound_ms: bound }) => [lag, p99, bound].map(say)),
  );
  const { signals } = await given.app.client.boundary.get();
  expect(answered?.signals.map(({ signal, bound_ms: bound }) => [signal, bound])).toEqual(
    signals.map(({ signal, bound_ms: bound }) => [signal, bound]),
  );
}

async function people(given: ConsoleUnderTest): Promise<void> {
  const { client } = given.app;
  await client.teams.create({ name: "deck" });
  await client.users.create({ name: "ada", teams: ["deck"], roles: ["developer"] });
  await client.users.create({ name: "bo" });
  await client.people.invite({ user: "bo", roles: ["reviewer", "auditor"] });
  const page = await given.open({ as: "auditor", page: "/directory?tab=people", width: 1920 });
  await page.getByRole("grid", { name: "People" }).getByText("ada").waitFor();
  await expectSame(
    cellsOf(page.getByRole("grid", { name: "People" }), [
      "Person",
      "Roles",
      "Teams",
      "Signs in by",
      "Last sign-in",
      "State",
    ]),
    async () => {
      const { people } = await client.people.list({});
      return (await client.users.list({})).entries.map(({ name, roles, teams }) => {
        const person = people.find(({ user }) => user === name);
        const all = [...new Set([...roles, ...(person?.roles ?? [])])].toSorted();
        const lastMs = person?.last_sign_in_at_ms ?? null;
        const isInvited = (person?.invited_until_ms ?? 0) > Date.now();
        return [
          name,
          all.length === 0 ? "none" : all.join(", "),
          teams.join(", "),
          person?.has_password === true ? "password" : "",
          lastMs === null ? "never" : formatAge(Date.now() - lastMs).replace(/(?<!now)$/, " ago"),
          person?.has_password === true ? "can sign in" : isInvited ? "invited" : "no sign-in",
        ];
      });
    },
  );
}
