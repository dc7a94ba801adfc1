// Kept answers, and questions that lead to them, where stored content is sealed: in clear nowhere in PostgreSQL, and gone with an
// erasure, from memory as well, in every process.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { randomBytes } from "node:crypto";
import { createClient } from "../../client/index.ts";
import type { TestApp } from "../support/app.ts";
import { startTwoApps, type TwoApps } from "../support/two-apps.ts";
import { until } from "../support/until.ts";
import { type HeldVendor, startHeldVendor } from "../support/vendors/held.ts";

const QUESTION = "please explain how the binnacle of a small xyzzy boat is lit at night";
const ALIKE = `${QUESTION} then`;

let vendor: HeldVendor;
let both: TwoApps;
let here: TestApp;
let there: TestApp;

beforeAll(async () => {
  vendor = startHeldVendor();
  const config = `
providers:
  vendors: { held: { kind: openai-compatible, base_url: "${vendor.url}" } }
embedding: { model: sim/sim-embedding, timeout: 60s }
vault: { enabled: true, master_key: "env:MASTER", changes_interval: 20ms }
gateway:
  cache:
    enabled: true
    scope: user
    database: { interval: 20ms, read_timeout: 10s }
    semantic: { enabled: true, wording: free, threshold: 0.9, sample_share: 0 }
`;
  both = await startTwoApps(config, { MASTER: randomBytes(32).toString("base64") });
  [here, there] = both.apps;
});
afterAll(async () => {
  await both?.close();
  await vendor?.close();
});

/** What was kept is given, and nobody is asked. */
const ONLY = { "x-binnacle-cache": "only-if-cached" };

async function ask(
  app: TestApp,
  user: string,
  { content, headers = {} }: { content: string; headers?: Record<string, string> },
): Promise<string | null> {
  const body = { model: "held/m", messages: [{ role: "user", content }] };
  const response = await app.chat(body, { key: here.key, headers: { "x-binnacle-user": user, ...headers } });
  await response.text();
  return response.ok ? response.headers.get("x-binnacle-cache") : null;
}

const isGivenAlike = (app: TestApp, user: string) => async () =>
  (await ask(app, user, { content: ALIKE, headers: ONLY })) === "semantic";

const questionsIn = async (app: TestApp): Promise<number | undefined> =>
  (await createClient({ url: app.url, key: here.key }).cache.state()).semantic?.questions;

test("what is kept of a person is sealed, found by another process, and gone everywhere when it is erased", async () => {
  for (const user of ["ada", "bob"]) expect(await ask(here, user, { content: QUESTION })).toBe("miss");
  for (const user of ["ada", "bob"]) await until(isGivenAlike(there, user));
  const { rows } = await both.database.storage.pool.query<{ all: string }>(
    `select string_agg(row_to_json(q)::text, '')
      || (select string_agg(row_to_json(a)::text, '') from gateway_cache_answers as a) as all
    from gateway_cache_questions as q`,
  );
  expect(rows[0]?.all).toContain("named_user");
  for (const said of ["xyzzy", "answer 1"])
    for (const written of [said, Buffer.from(said).toString("hex")]) expect(rows[0]?.all).not.toContain(written);

  await here.client.vault.erase({ subject: { user: "ada" }, reason: "asked for" });
  expect(await questionsIn(here)).toBe(1);
  expect(await isGivenAlike(here, "ada")()).toBe(false);
  await until(async () => !(await isGivenAlike(there, "ada")()));
  for (const app of [here, there]) expect(await isGivenAlike(app, "bob")()).toBe(true);
});
