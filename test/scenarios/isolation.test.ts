// Who may do what, and that nobody ever sees what is another organisation's: every role, every operation of the API's own document, one's
// own and foreign organisations, against the whole program. Here a part of them, another one each day; `npm run drill -- isolation`
// tries them all.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../support/app.ts";
import { readOperations } from "../support/api/operations.ts";
import { ruleOf } from "../support/isolation/expected.ts";
import { seed, type Seeded } from "../support/isolation/seed.ts";
import { type Trial, trialsOf, tryOne } from "../support/isolation/trials.ts";

let app: TestApp;
let seeded: Seeded[];
beforeAll(async () => {
  app = await startTestApp();
  seeded = await seed(app);
}, 120_000);
afterAll(() => app.close());

const operations = readOperations();
/** Of all trials, every so many-th; those of the own organisation with a tenant are all tried for reads. */
const SHARE = 4;
const AT_ONCE = 8;

async function tryAll(trials: readonly Trial[]): Promise<string[]> {
  const problems: string[] = [];
  for (let at = 0; at < trials.length; at += AT_ONCE)
    problems.push(...(await Promise.all(trials.slice(at, at + AT_ONCE).map((trial) => tryOne(app.url, trial)))).flat());
  return problems;
}

test("every operation of the API's document has been thought of", () => {
  expect(operations.filter(({ id }) => ruleOf(id) === undefined).map(({ id }) => id)).toEqual([]);
});

describe("organisations are apart", () => {
  test("for each role and operation, as the table of rights says, and nothing foreign is told", async () => {
    const day = Math.floor(Date.now() / 86_400_000);
    const trials = trialsOf(operations, seeded).filter((_, index) => (index + day) % SHARE === 0);
    expect(trials.length).toBeGreaterThan(1000);
    expect((await tryAll(trials)).slice(0, 20)).toEqual([]);
  }, 120_000);
});
