import { afterEach, expect, test } from "bun:test";
import { type Connection, type ConnectionOptions, keepConnected, type KeptConnection } from "./keep-connected.ts";

let kept: KeptConnection | undefined;
afterEach(() => kept?.close());

async function* streamOf<T>(...items: T[]): AsyncGenerator<T> {
  yield* items;
}

/** Keeps connected until `enough` says so; gives every change on the way. */
function watch(
  options: Pick<ConnectionOptions<number>, "open"> & Partial<ConnectionOptions<number>>,
  enough: (changes: Connection[], received: number[]) => boolean,
): Promise<{ changes: Connection[]; received: number[] }> {
  const changes: Connection[] = [];
  const received: number[] = [];
  return new Promise((resolve) => {
    const look = (): void => {
      if (enough(changes, received)) resolve({ changes, received });
    };
    kept = keepConnected<number>({
      waitMinMs: 1,
      waitMaxMs: 2,
      lastHeardMs: () => Date.now(),
      receive(item) {
        received.push(item);
        look();
      },
      onChange(connection) {
        changes.push(connection);
        look();
      },
      ...options,
    });
  });
}

test("opens the stream again after it ended, and goes on receiving", async () => {
  let opened = 0;
  const open = async (): Promise<AsyncIterable<number>> => streamOf((opened += 1));
  const { received, changes } = await watch({ open }, (_, items) => items.length === 3);
  expect(received).toEqual([1, 2, 3]);
  expect(changes.slice(0, 4).map((change) => change.kind)).toEqual(["opening", "live", "waiting", "opening"]);
});

test("says why it waits, in words", async () => {
  const open = (): Promise<AsyncIterable<number>> => Promise.reject(new TypeError("Failed to fetch"));
  const { changes } = await watch({ open }, (all) => all.some((change) => change.kind === "waiting"));
  expect(changes.at(-1)).toMatchObject({ kind: "waiting", problem: { kind: "away" } });
});

test("does not try again when the session is over", async () => {
  let opened = 0;
  const open = (): Promise<AsyncIterable<number>> => {
    opened += 1;
    return Promise.reject(Object.assign(new Error("no session"), { status: 401 }));
  };
  const { changes } = await watch({ open }, (all) => all.some((change) => change.kind === "waiting"));
  kept?.retryNow();
  await Bun.sleep(10);
  expect(opened).toBe(1);
  expect(changes.at(-1)).toMatchObject({ problem: { kind: "signed_out" } });
});

test("takes a line on which nothing is heard for dead", async () => {
  const open = async (signal: AbortSignal): Promise<AsyncIterable<number>> => silenceUntil(signal);
  const { changes } = await watch({ open, silenceMaxMs: 20, lastHeardMs: () => null }, (all) =>
    all.some((change) => change.kind === "waiting"),
  );
  expect(changes.map((change) => change.kind)).toEqual(["opening", "live", "waiting"]);
});

test("does not wait any longer when asked to try now", async () => {
  let opened = 0;
  const open = async (): Promise<AsyncIterable<number>> => streamOf((opened += 1));
  await watch({ open, waitMinMs: 3_600_000, waitMaxMs: 3_600_000 }, (all) => {
    if (all.at(-1)?.kind === "waiting") queueMicrotask(() => setTimeout(() => kept?.retryNow(), 1));
    return opened === 2;
  });
  expect(opened).toBe(2);
});

async function* silenceUntil(signal: AbortSignal): AsyncGenerator<number> {
  await new Promise<void>((_, reject) => {
    signal.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
  });
  yield 0;
}
