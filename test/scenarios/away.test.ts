// When the database or the disk is away: calls go on or are refused in time, and nothing that was answered is lost.
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";

const GOOD = { model: "sim/sim-instant", messages: [{ role: "user", content: "hi" }] };

async function answered(app: TestApp, count: number): Promise<string[]> {
  const responses = await Promise.all(Array.from({ length: count }, () => app.chat(GOOD)));
  for (const response of responses) {
    expect(response.status).toBe(200);
    await response.text();
  }
  return responses.map((response) => response.headers.get("x-binnacle-call-id") ?? "");
}

async function recorded(app: TestApp): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await app.client.calls.list({ limit: 200, ...(cursor !== null && { cursor }) });
    ids.push(...page.calls.map(({ id }) => id));
    cursor = page.next_cursor;
  } while (cursor !== null);
  return ids;
}

describe("the embedded PostgreSQL is killed", () => {
  test("calls go on, and every one is on record once when it is back", async () => {
    const app = await startTestApp({ ownDatabase: true });
    const before = await answered(app, 20);
    const postmaster = Number(readFileSync(`${app.home}/postgres/postmaster.pid`, "utf8").split("\n")[0]);
    process.kill(postmaster, "SIGKILL");
    const during = await answered(app, 50);
    expect(await app.client.calls.get({ id: during[0] ?? "" })).toMatchObject({ outcome: "ok" });
    await until(async () => {
      const { database, ledger } = await app.client.status();
      return database.available && ledger.pending_records === 0;
    });
    const ids = await recorded(app);
    expect(ids).toHaveLength(new Set(ids).size);
    expect(ids).toEqual(expect.arrayContaining([...before, ...during]));
    await app.close();
  }, 120_000);
});

describe("the journal is full", () => {
  test("calls are refused with a wait before any is lost, and served again once there is room", async () => {
    const app = await startTestApp({
      // Nothing is projected for a long while, so the small journal fills.
      config: "ledger: { journal: { max_bytes: 512KiB }, bodies: { max_bytes: 64KiB }, projector: { interval: 1h } }",
    });
    const long = { ...GOOD, messages: [{ role: "user", content: "x".repeat(60_000) }] };
    const ids: string[] = [];
    let refused: Response | undefined;
    for (let tries = 0; tries < 40 && !refused; tries += 1) {
      const response = await app.chat(long);
      if (response.status === 200) ids.push(response.headers.get("x-binnacle-call-id") ?? "");
      else refused = response;
    }
    expect(ids.length).toBeGreaterThan(2);
    if (!refused) throw new Error("the journal took more than it holds");
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).not.toBeNull();
    expect(((await refused.json()) as { error: { message: string } }).error.message).toContain("journal");
    for (const id of ids) expect((await app.client.calls.get({ id })).outcome).toBe("ok");
    await app.close();
  }, 120_000);
});
