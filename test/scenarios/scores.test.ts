// People and applications say how good an answer was: over real HTTP, as records, for objectives and alerts to see.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createClient } from "../../client/index.ts";
import type { RoleName } from "../../src/policy/contract.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";

let app: TestApp;
const clock = { aheadMs: 0 };
beforeAll(async () => {
  app = await startTestApp({
    config: `
alerts:
  interval: 100ms
  slos:
    liked: { objective: { kind: quality, score: thumb, at_least: 1 }, target: 90, per: [model] }
  rules:
    disliked: { kind: quality, score: thumb, below: 0.6, window: 1h, min_events: 3, per: [model], for: 0s }
`,
    world: { nowMs: () => Date.now() + clock.aheadMs },
  });
});
afterAll(() => app.close());

interface Caller {
  key: string;
  user?: string;
}

async function newKey(role: RoleName, more: { user?: string; project?: string } = {}): Promise<Caller> {
  const { secret } = await app.client.keys.create({ name: `${role} ${crypto.randomUUID()}`, roles: [role], ...more });
  return { key: secret, ...more };
}

const clientOf = ({ key }: Caller) => createClient({ url: app.url, key });

/** The id of a call, as its answer tells it. */
async function call({ key }: Caller): Promise<string> {
  const response = await app.chat(
    { model: "sim/sim-instant", messages: [{ role: "user", content: "Was that good?" }] },
    { key },
  );
  await response.text();
  return response.headers.get("x-binnacle-call-id") ?? "";
}

function post(id: string, body: unknown, { key }: Caller): Promise<Response> {
  return fetch(`${app.url}/api/v1/records/${id}/scores`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

const stored = () => until(async () => (await app.client.status()).ledger.pending_records === 0);

describe("a score", () => {
  test("is given by an application with its own key, right after the answer, and stands on record", async () => {
    const shop = await newKey("member");
    const id = await call(shop);
    const response = await post(id, { name: "thumb", value: 1, user: "customer-7", comment: "Just right\n" }, shop);
    expect(response.status).toBe(200);
    const given = (await response.json()) as { id: string };
    await stored();
    const { scores, may_score } = await app.client.records.scores.list({ id });
    expect(scores).toMatchObject([
      { id: given.id, name: "thumb", value: 1, comment: "Just right", source: "api", by: { user: "customer-7" } },
    ]);
    expect(may_score).toBe(true);
    const { records } = await app.client.records.list({ filter: "kind:score" });
    expect(records.map((record) => record.id)).toContain(given.id);
    const { entries } = await app.client.audit.list({ limit: 50 });
    expect(entries.map(({ action, resource }) => `${action} ${resource.id}`)).toContain(`records.scores.create ${id}`);
  });

  test("said again is replaced, and taken back is gone", async () => {
    const ann = clientOf(await newKey("admin", { user: "ann" }));
    const id = await call({ key: app.key });
    await ann.records.scores.create({ id, name: "thumb", value: 1 });
    await ann.records.scores.create({ id, name: "thumb", value: 0 });
    await ann.records.scores.create({ id, name: "thumb", value: 0 });
    await stored();
    const { scores } = await ann.records.scores.list({ id });
    expect(scores.map(({ value, is_own, by }) => [value, is_own, by.user])).toEqual([[0, true, "ann"]]);
    expect((await app.client.records.scores.list({ id })).scores[0]?.is_own).toBe(false);
    expect(await ann.records.scores.delete({ id, name: "thumb" })).toEqual({ deleted: "thumb" });
    await stored();
    expect((await ann.records.scores.list({ id })).scores).toEqual([]);
  });

  test("of what another organisation or nobody made is refused as if it were not there", async () => {
    await app.client.organisations.create({ name: "acme" });
    const { secret } = await app.client.keys.create({ name: "theirs", organisation: "acme", roles: ["owner"] });
    const id = await call({ key: app.key });
    await stored();
    for (const each of [id, "nonsense", "019a3f2e-0000-7000-8000-000000000000"]) {
      const response = await post(each, { name: "thumb", value: 1 }, { key: secret });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: "interfaces.not_found" });
    }
    // Who runs the installation looks at others' records, and judges none.
    const theirs = await call({ key: secret });
    const headers = { authorization: `Bearer ${app.key}`, "x-binnacle-organisation": "acme" };
    const address = `${app.url}/api/v1/records/${theirs}/scores`;
    await stored();
    expect(await (await fetch(address, { headers })).json()).toMatchObject({ scores: [], may_score: false });
    const refused = await fetch(address, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ name: "thumb", value: 1 }),
    });
    expect(refused.status).toBe(403);
    expect((await app.client.records.scores.list({ id })).scores).toEqual([]);
  });

  test("needs change_records: of what one only sees one is told so, of others' there is nothing", async () => {
    const id = await call({ key: app.key });
    await stored();
    const answers: Partial<Record<RoleName, unknown>> = {};
    for (const role of ["auditor", "operator", "member", "reviewer"] as const) {
      const caller = await newKey(role);
      const seen = await clientOf(caller)
        .records.scores.list({ id })
        .then(({ may_score }) => may_score)
        .catch(() => "unseen");
      answers[role] = [seen, (await post(id, { name: role, value: 1 }, caller)).status];
    }
    expect(answers).toEqual({
      auditor: [false, 403],
      operator: [false, 403],
      member: ["unseen", 404],
      reviewer: [true, 200],
    });
  });

  test("keeps its comment from those who may not read texts", async () => {
    const id = await call({ key: app.key });
    await app.client.records.scores.create({ id, name: "thumb", value: 0, comment: "it named Ada's illness" });
    await stored();
    const comments = async (role: RoleName) =>
      (await clientOf(await newKey(role)).records.scores.list({ id })).scores.map(({ comment }) => comment);
    expect(await comments("auditor")).toEqual(["it named Ada's illness"]);
    expect(await comments("operator")).toEqual([null]);
    const [score] = (await app.client.records.scores.list({ id })).scores;
    const operator = clientOf(await newKey("operator"));
    expect(JSON.stringify(await operator.records.get({ id: score?.id ?? "" }))).not.toContain("illness");
  });
});

describe("what is no score", () => {
  const bad: [string, unknown][] = [
    ["says nothing", { name: "thumb" }],
    ["has no name", { value: 1 }],
    ["has an empty name", { name: " ", value: 1 }],
    ["has a long name", { name: "n".repeat(101), value: 1 }],
    ["has a name of two lines", { name: "a\nb", value: 1 }],
    ["has a value that is text", { name: "thumb", value: "1" }],
    ["has a value beyond all numbers", '{"name":"thumb","value":1e999}'],
    ["has NaN", '{"name":"thumb","value":NaN}'],
    ["has an escape in its comment", { name: "thumb", value: 1, comment: "\u001b[2J" }],
    ["has nothing but U+0000", { name: "thumb", value: 1, label: "\0" }],
    ["has half a character", '{"name":"thumb","value":1,"comment":"\\ud800"}'],
    ["has a book for a comment", { name: "thumb", value: 1, comment: "x".repeat(4001) }],
  ];

  test.each(bad)("is refused with a reason, and leaves nothing on record: it %s", async (_, body) => {
    const id = await call({ key: app.key });
    const response = await post(id, body, { key: app.key });
    expect(response.status).toBe(400);
    expect(((await response.json()) as { message: string }).message).not.toBe("");
    await stored();
    expect((await app.client.records.scores.list({ id })).scores).toEqual([]);
  });

  test("is said as the sender can mend it", async () => {
    const response = await post(await call({ key: app.key }), { name: "thumb" }, { key: app.key });
    expect(await response.json()).toMatchObject({
      code: "ledger.empty_score",
      data: { fix: "Give it a value (a number), a label (a text), or both." },
    });
  });
});

test("an objective of quality and an alert see thumbs, the latest of each", async () => {
  const shop = await newKey("member");
  const model = "sim/sim-instant?quality";
  const ids: string[] = [];
  for (let number = 0; number < 4; number += 1) {
    const response = await app.chat({ model, messages: [{ role: "user", content: "hi" }] }, { key: shop.key });
    await response.text();
    ids.push(response.headers.get("x-binnacle-call-id") ?? "");
  }
  for (const [place, id] of ids.entries()) await post(id, { name: "thumb", value: place === 0 ? 1 : 0 }, shop);
  // Somebody thinks again.
  await post(ids[1] ?? "", { name: "thumb", value: 1 }, shop);
  clock.aheadMs += 3 * 60_000;
  await until(async () => {
    const { alerts } = await app.client.alerts.list();
    return alerts.some(
      ({ rule, labels, state, value }) =>
        rule === "disliked" && labels["model"] === model && state === "firing" && value === 0.5,
    );
  });
  // By then long stretches are measured anew.
  clock.aheadMs += 3 * 60_000;
  await until(async () => {
    const { series } = await app.client.slos.get({ name: "liked" });
    return series.some(({ labels, good, bad }) => labels["model"] === model && good === 2 && bad === 2);
  });
});
