// The watchkeeper's round, with a clock of our own: the round comes by a real timer, what it finds overdue by this clock.
import { describe, expect, test } from "bun:test";
import type { AppError } from "../kernel/index.ts";
import { createWatchkeeper } from "./watchkeeper.ts";

const LIMITS = { first_token_timeout: 1000, between_tokens_timeout: 100, total_timeout: 5000 };

function start(limits = LIMITS) {
  let clockMs = 0;
  const keeper = createWatchkeeper({ monotonicMs: () => clockMs });
  const caller = new AbortController();
  const ended: AppError[] = [];
  const watch = keeper.watch({
    target: "sim/x",
    limits,
    hangUp: caller.signal,
    end: (reason) => ended.push(reason),
  });
  /** Lets a round go by at this time. */
  const at = async (ms: number): Promise<string[]> => {
    clockMs = ms;
    await Bun.sleep(120);
    return ended.map(({ code }) => code);
  };
  return { watch, caller, at };
}

describe("the watchkeeper", () => {
  test("lets a model think as long as it may, and not longer", async () => {
    const { at } = start();
    expect(await at(999)).toEqual([]);
    expect(await at(1000)).toEqual(["gateway.first_token_timeout"]);
    expect(await at(9000)).toHaveLength(1);
  });

  test("expects the next token sooner once the first has come", async () => {
    const { watch, at } = start();
    await at(900);
    watch.progress();
    expect(await at(999)).toEqual([]);
    expect(await at(1000)).toEqual(["gateway.silent_stream"]);
  });

  test("ends what goes on for ever", async () => {
    const { watch, at } = start({ ...LIMITS, between_tokens_timeout: 2000 });
    for (const ms of [900, 2500, 4000]) {
      expect(await at(ms)).toEqual([]);
      watch.progress();
    }
    expect(await at(5000)).toEqual(["gateway.total_timeout"]);
  });

  test("ends a call whose caller has gone", async () => {
    const { caller, at } = start();
    caller.abort();
    expect(await at(1)).toEqual(["gateway.caller_gone"]);
  });

  test("leaves alone what was stopped", async () => {
    const { watch, caller, at } = start();
    watch.stop();
    caller.abort();
    expect(await at(9000)).toEqual([]);
  });
});
