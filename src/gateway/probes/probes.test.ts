// Whom a round of probes asks, with a clock and dice of our own. What a probe does over a wire is in test/scenarios/probes.test.ts.
import { beforeEach, describe, expect, test } from "bun:test";
import { AppError, createWorld } from "../../kernel/index.ts";
import type { Ledger } from "../../ledger/index.ts";
import { createCredentialPool, noCredential, type Target } from "../../providers/index.ts";
import { healthSchema } from "../health/config.ts";
import { createHealth, type Health } from "../health/health.ts";
import type { IncomingCall } from "../incoming-call.ts";
import { createProbes, type Probes } from "./probes.ts";

const credentials = createCredentialPool([noCredential]);
// A probe for a few tokens looks at a target's id only.
const targetNamed = (id: string) => ({ id, vendor: { credentials } }) as Target;
const [one, other] = [targetNamed("a/one"), targetNamed("b/other")] as const;

let clockMs = 0;
let asked: string[];
let isWell = true;
let health: Health;
let probes: Probes;

function renew(config: object = {}): void {
  [clockMs, asked, isWell] = [1000, [], true];
  const world = createWorld({ monotonicMs: () => clockMs, random: () => 0.5 });
  const settings = healthSchema.parse({ probes: { enabled: true, ask: "token", ...config } });
  health = createHealth(settings, world);
  // As a call does, without the call.
  const complete = async ({ request: { model } }: IncomingCall): Promise<void> => {
    asked.push(model);
    const trial = health.begin(model === one.id ? one : other);
    health.end(trial, isWell ? "answered" : "fault");
    if (!isWell) throw failure;
  };
  const ledger = {} as Ledger;
  probes = createProbes(settings.probes, { world, ledger, health, complete, targets: () => [one, other] });
}
beforeEach(() => renew());

const failure = new AppError({
  code: "providers.vendor_failed",
  status: 502,
  retry: "now",
  message: "",
  fix: "",
  params: {},
});

/** Those who are asked in a round, once that is over. */
async function round(): Promise<string[]> {
  asked = [];
  probes.round();
  await Bun.sleep(0);
  return asked;
}

describe("a round of probes", () => {
  test("asks those that had no call for a while, and not those that had", async () => {
    expect(await round()).toEqual(["a/one", "b/other"]);
    clockMs += 29_000;
    health.end(health.begin(one), "answered");
    expect(await round()).toEqual([]);
    clockMs += 1000;
    expect(await round()).toEqual(["b/other"]);
  });

  test("asks who failed again, round after round, until it is left alone or answers", async () => {
    await round();
    isWell = false;
    clockMs += 30_000;
    await round();
    for (let again = 0; again < 4; again += 1) {
      clockMs += 1000;
      expect(await round()).toEqual(["a/one", "b/other"]);
    }
    expect(health.stateOf(one).breaker).toBe("open");
    clockMs += 1000;
    expect(await round()).toEqual([]);
  });

  test("asks who is left alone when its rest is about to end; if it is well, callers may come", async () => {
    await round();
    for (let fault = 0; fault < 5; fault += 1) health.end(health.begin(one), "fault");
    clockMs += 3900;
    expect(await round()).toEqual([]);
    expect(health.admits(one)).toBe(false);
    clockMs += 200;
    expect(await round()).toEqual(["a/one"]);
    expect(health.stateOf(one).breaker).toBe("closed");
  });

  test("leaves it alone for longer when it is not", async () => {
    await round();
    for (let fault = 0; fault < 5; fault += 1) health.end(health.begin(one), "fault");
    isWell = false;
    clockMs += 4100;
    await round();
    expect(health.restOf([one])).toBe(10_000);
  });

  test("asks no more at once than it may", async () => {
    renew({ at_once_max: 1 });
    expect(await round()).toEqual(["a/one"]);
    expect(await round()).toEqual(["b/other"]);
  });
});

test("none is asked after the end", async () => {
  await probes.close();
  expect(asked).toEqual([]);
});
