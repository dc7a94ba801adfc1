// Turns at a target: which credential, whose turn, how long, and who is sent away.
import { beforeEach, describe, expect, test } from "bun:test";
import { type AppError, createWorld } from "../../kernel/index.ts";
import { createCredentialPool, noCredential, type Target } from "../../providers/index.ts";
import { healthSchema } from "../health/config.ts";
import type { Turn } from "./lanes.ts";
import { createPacing, type Pacing } from "./pacing.ts";

let clockMs = 0;
let pacing: Pacing;
let target: Target;
beforeEach(() => {
  clockMs = 1000;
  renew();
});
function renew(config: object = {}): void {
  const world = createWorld({ monotonicMs: () => clockMs, nowMs: () => clockMs });
  pacing = createPacing(healthSchema.parse({ adaptive: true, ...config }), world);
  const credentials = createCredentialPool(["first", "second"].map((name) => ({ ...noCredential, name })));
  // Pacing looks at a vendor's name, its credentials and how it says what is left.
  target = { id: "v/m", model: "m", vendor: { name: "v", credentials, quotas: "openai" } } as Target;
}

const quotas = (remaining: number, reset = "60s") =>
  new Headers({
    "x-ratelimit-limit-requests": "10",
    "x-ratelimit-remaining-requests": String(remaining),
    "x-ratelimit-reset-requests": reset,
  });
const wanted = (party = "core") => ({ target, party, tokens: 10 });
const open = new AbortController().signal;
const turn = (party = "core", signal = open) => pacing.turn(wanted(party), signal);
const atOnce = (): Turn => {
  const given = turn();
  if (given instanceof Promise) throw new Error("it waits");
  return given;
};
/** Both credentials have nothing left. */
function useUp(reset = "60s"): void {
  for (let each = 0; each < 2; each += 1) atOnce().heard(200, quotas(0, reset), 0);
}

describe("a turn", () => {
  test("is had at once where nothing is known, by each credential in turn", () => {
    expect([atOnce(), atOnce(), atOnce(), atOnce()].map(({ credential }) => credential)).toEqual([
      "first",
      "second",
      "first",
      "second",
    ]);
  });

  test("goes to the credential that has room", () => {
    atOnce().heard(200, quotas(6), 0);
    atOnce().heard(200, quotas(9), 0);
    expect([atOnce(), atOnce(), atOnce()].map(({ credential }) => credential)).toEqual(["second", "second", "second"]);
    expect(atOnce().credential).toBe("first");
  });

  test("goes to the preferred credential as long as that has room", () => {
    const preferred = () => pacing.turn({ ...wanted(), preferred: "second" }, open);
    const given = preferred() as Turn;
    expect(given.credential).toBe("second");
    given.heard(200, quotas(0), 0);
    expect((preferred() as Turn).credential).toBe("first");
  });

  test("is waited for until there is more, one team after the other", async () => {
    renew({ adaptive_wait_max: 600_000 });
    useUp();
    expect(pacing.waitFor(wanted())).toBeGreaterThan(1000);
    const told: string[] = [];
    const parties = ["loud", "loud", "loud", "loud", "quiet"];
    const waiting = parties.map((party) => Promise.resolve(turn(party)).then(() => told.push(party)));
    expect(pacing.view()[0]?.waiting).toBe(5);
    for (let round = 0; told.length < 5 && round < 400; round += 1) {
      clockMs += 500;
      await Bun.sleep(5);
    }
    await Promise.all(waiting);
    expect(told).toEqual(["loud", "quiet", "loud", "loud", "loud"]);
    expect(pacing.view()[0]?.waiting).toBe(0);
  });

  test("is refused at once, with when to come again, where it would come too late", () => {
    renew({ adaptive_wait_max: 1000 });
    useUp("600s");
    const refusal = () => {
      try {
        return void turn();
      } catch (error) {
        return error as AppError;
      }
    };
    expect(refusal()).toMatchObject({ code: "gateway.vendor_limit_near", status: 429 });
    expect(refusal()?.retryAfterMs).toBeGreaterThan(1000);
  });

  test("is refused to who waits for much already, and not to others", async () => {
    renew({ adaptive_wait_max: 20_000 });
    useUp();
    const waiting: Promise<unknown>[] = [];
    expect(() => {
      for (let call = 0; call < 50; call += 1)
        waiting.push(Promise.resolve(turn("loud")).catch(({ code }: AppError) => code));
    }).toThrow("used up for now");
    expect(waiting.length).toBeLessThan(8);
    const quiet = Promise.resolve(turn("quiet")).catch(({ code }: AppError) => code);
    clockMs += 60_000;
    await Promise.all([...waiting, quiet]);
  });

  test("is no more waited for when the caller has gone, or it took too long", async () => {
    renew({ adaptive_wait_max: 20_000 });
    useUp();
    const gone = new AbortController();
    const left = Promise.resolve(turn("core", gone.signal)).catch(({ code }: AppError) => code);
    const late = Promise.resolve(turn("core")).catch(({ code }: AppError) => code);
    gone.abort();
    expect(await left).toBe("gateway.caller_gone");
    clockMs += 20_001;
    expect(await late).toBe("gateway.vendor_limit_near");
  });
});

test("what was learnt can be seen", () => {
  atOnce().heard(200, quotas(3), 0);
  expect(pacing.view()).toMatchObject([
    {
      vendor: "v",
      model: "m",
      credential: "first",
      quotas: [{ unit: "requests", limit: 10, remaining: 3, resets_in_ms: 60_000 }],
      waiting: 0,
      turned_away: 0,
    },
    { credential: "second", quotas: [], rate: null },
  ]);
});
