// What was settled goes after a while, and what was held is sealed while it lies there.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { until } from "../../test/support/until.ts";
import { ASKER, type Bench, person, startBench, wishFor } from "./approvals.fixture.ts";
import type { ContentSealer } from "../kernel/index.ts";

const turned = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0xff);
const sealer: ContentSealer = { enabled: true, seal: turned, open: turned };

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({}, {}, sealer);
});
afterAll(() => bench.close());

const APPROVE = { decision: "approve", note: "", via: "api" } as const;
const count = async (table: string): Promise<number> =>
  Number((await bench.database.storage.pool.query(`select count(*) as n from ${table}`)).rows[0]?.n);

test("what was settled goes with its votes, by several processes at once; what is pending and versions that may serve stay", async () => {
  const { id: pending } = await bench.approvals.request(wishFor("stays"));
  const { id: used, payload_hash: hash } = await bench.approvals.request(wishFor("goes"));
  await bench.approvals.decide(used, person("ada"), APPROVE);
  await bench.approvals.use(used, ASKER, hash);
  await bench.approvals.gate.submit({ kind: "route", name: "prod", content: { a: 1 } }, ASKER);
  const { approvals } = await bench.approvals.list({ inbox: "all", limit: 10 }, person("ada"));
  const version = approvals.find(({ resource }) => resource.id === "prod")?.id ?? "";
  await bench.approvals.decide(version, person("ada"), APPROVE);
  expect(await count("approvals_requests")).toBe(3);
  await bench.database.storage.pool.query(
    "update approvals_requests set settled_at = settled_at - interval '1 year', used_at = used_at - interval '1 year'",
  );
  // Whoever starts looks at once for what has become too old.
  await Promise.all([bench.another(), bench.another()].map((each) => each.start()));
  await until(async () => (await count("approvals_requests")) === 2);
  await expect(bench.approvals.get(used)).rejects.toMatchObject({ code: "approvals.unknown" });
  expect((await bench.approvals.get(pending)).state).toBe("pending");
  expect((await bench.approvals.get(version)).state).toBe("approved");
  expect(await count("approvals_votes")).toBe(1);
});

test("an answer that is held is sealed where it lies, and comes out as it was", async () => {
  const answered = { callId: "c", target: "v/m", status: 200, mediaType: "text/plain", isStream: false };
  const wanted = { what: "Let it call m", why: "", model: "m", payload: "said" };
  const held = { request: "asked", wanted, answered: { ...answered, body: Buffer.from("a secret") } };
  await expect(bench.approvals.held.hold(ASKER, held)).rejects.toMatchObject({ code: "approvals.needed" });
  const { rows } = await bench.database.storage.pool.query<{ body: Buffer }>("select body from approvals_held");
  expect(rows[0]?.body.toString("latin1")).not.toContain("secret");
  const { approvals } = await bench.approvals.list({ state: "pending", inbox: "all", limit: 10 }, person("ada"));
  const { id = "" } = approvals.find(({ what }) => what === wanted.what) ?? {};
  await bench.approvals.decide(id, person("ada"), APPROVE);
  const given = await bench.approvals.held.take(ASKER, "asked");
  expect(Buffer.from(given?.body ?? []).toString()).toBe("a secret");
});
