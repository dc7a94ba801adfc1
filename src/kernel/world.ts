// The World is what the program would otherwise reach for globally: clock, randomness, network, log. It is handed in,
// so a scenario can run the whole app with a seeded clock and a recorded network.
import pino from "pino";
import { type Fetch, withSignal } from "./requests/fetch.ts";
import type { OpenSocket } from "./requests/socket.ts";

export type Log = pino.Logger;

export interface World {
  /** Wall clock, epoch milliseconds. */
  nowMs(): number;
  /** Monotonic clock, milliseconds with fraction, for measuring how long something took. */
  monotonicMs(): number;
  /** Uniform in [0, 1). */
  random(): number;
  /** Requests to other servers. */
  fetch: Fetch;
  /** Requests to addresses that a user, or another server, named: to the public internet only, unless the config says more. */
  fetchPublic: Fetch;
  /** WebSockets to other servers. */
  openSocket: OpenSocket;
  log: Log;
}

/** The real world. Tests pass overrides for the parts they steer. */
export function createWorld(overrides: Partial<World> = {}): World {
  return {
    nowMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    random: () => Math.random(),
    fetch: (url, init) => fetch(url, withSignal(init)),
    fetchPublic: () => Promise.reject(new Error("this world has no public internet")),
    openSocket: () => Promise.resolve({ ok: false, status: null, detail: "this world has no WebSockets" }),
    log: overrides.log ?? pino({ level: "silent" }),
    ...overrides,
  };
}
