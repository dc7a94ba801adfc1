import { describe, expect, test } from "bun:test";
import { isAppError } from "../../kernel/index.ts";
import type { Reply } from "../../workers/index.ts";
import { telemetryErrors } from "../errors.ts";
import { createHandOver, type Handed } from "./hand-over.ts";

const given: Handed = {
  signal: "traces",
  encoding: "protobuf",
  packing: null,
  body: Buffer.from("spans"),
  sender: { key_id: "k1", key_name: "test", user: null, team: "t", project: null },
};

function hold(
  recordsFrom: number,
  take: (given: Handed) => Promise<{ accepted: number; rejected: number; message: string }>,
) {
  let nowMs = 0;
  let wanted = 0;
  let reply: Reply = () => undefined;
  const world = { monotonicMs: () => nowMs, log: { error: () => undefined } };
  // The log's other levels are not written to.
  const deps = { world: world as unknown as Parameters<typeof createHandOver>[1]["world"], take };
  // What the aide answers goes through a structured clone, as between processes.
  const ask = async (_topic: string, input: unknown) => structuredClone(await reply(structuredClone(input)));
  createHandOver(recordsFrom, {
    ...deps,
    peers: {
      role: "aide",
      aide: { want: () => undefined, isReady: () => false, ask },
      answer: (_topic, how) => void (reply = how),
    },
  });
  const handOver = createHandOver(recordsFrom, {
    ...deps,
    peers: {
      role: "worker",
      aide: { want: () => void (wanted += 1), isReady: () => true, ask },
      answer: () => undefined,
    },
  });
  return { handOver, wanted: () => wanted > 0, wantedTimes: () => wanted, pass: (ms: number) => void (nowMs += ms) };
}

const nothing = async () => ({ accepted: 0, rejected: 0, message: "" });

describe("an aide is wanted", () => {
  test("when enough has come within ten seconds, not for as much over a longer time", () => {
    const { handOver, wanted, pass } = hold(100, nothing);
    for (let second = 0; second < 60; second += 1) {
      handOver.tookIn(99);
      pass(1000);
    }
    expect(wanted()).toBe(false);
    handOver.tookIn(1000);
    expect(wanted()).toBe(true);
  });

  test("for as long as a quarter as much comes, told once in ten seconds", async () => {
    const { handOver, wantedTimes, pass } = hold(100, async () => ({ accepted: 50, rejected: 0, message: "" }));
    const offerTimes = async (times: number) => {
      for (let time = 0; time < times; time += 1) await handOver.offer(given);
      pass(10_000);
    };
    await offerTimes(4);
    expect(wantedTimes()).toBe(0);
    await offerTimes(20);
    expect(wantedTimes()).toBe(1);
    await offerTimes(5);
    expect(wantedTimes()).toBe(2);
  });

  test("never, where that was said", () => {
    const { handOver, wanted } = hold(0, nothing);
    handOver.tookIn(1_000_000);
    expect(wanted()).toBe(false);
  });
});

describe("what is handed over", () => {
  test("goes as it came, without what else lies in the same memory, and its outcome comes back", async () => {
    const heard: Handed[] = [];
    const { handOver } = hold(1, async (handed) => {
      heard.push(handed);
      return { accepted: 2, rejected: 1, message: "1 rejected" };
    });
    const pool = new Uint8Array(1 << 20);
    const body = pool.subarray(8, 13);
    expect(await handOver.offer({ ...given, body })).toEqual({ accepted: 2, rejected: 1, message: "1 rejected" });
    expect(heard[0]).toMatchObject({ ...given, body });
    expect(heard[0]?.body.buffer.byteLength).toBe(5);
  });

  test("is refused with the words and the wait of the aide", async () => {
    const { handOver } = hold(1, () =>
      Promise.reject(telemetryErrors.queue_full({ max: 3, unit: "requests", retryAfterMs: 700 })),
    );
    const error: unknown = await handOver.offer(given).catch((caught: unknown) => caught);
    expect(isAppError(error)).toBe(true);
    expect(error).toMatchObject({
      code: "telemetry.queue_full",
      status: 503,
      retry: "later",
      message: "Already 3 requests of telemetry are being taken in.",
      retryAfterMs: 700,
    });
  });
});
