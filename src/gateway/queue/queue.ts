// Places for calls, and a bounded queue for those that find none: the urgent first, each kind in order, nobody for longer than
// the time-out. A call that finds a place pays for a comparison; one timer looks after all that wait.
import type { World } from "../../kernel/index.ts";
import { gatewayErrors } from "../errors.ts";

/** The most urgent first. */
export const priorities = ["high", "normal", "low"] as const;
export type Priority = (typeof priorities)[number];

export interface QueueConfig {
  calls_in_flight_max: number;
  queue_max: number;
  queue_timeout: number;
}

export interface Queue {
  /**
   * A place, at once or when its turn comes: gives back the way to leave it. Throws, or rejects with, `gateway.overloaded`,
   * `gateway.queue_timeout` and `gateway.caller_gone`.
   */
  enter(priority: Priority, signal: AbortSignal | undefined): (() => void) | Promise<() => void>;
  load(): { in_flight: number; max: number; waiting: number };
}

interface Waiter {
  sinceMs: number;
  signal: AbortSignal | undefined;
  admit(): void;
  refuse(reason: unknown): void;
}

/** How late a waiting call may learn that its time is over, at the most. */
const ROUND_MS = 50;
const RETRY_AFTER_MS = 1000;

export function createQueue(config: QueueConfig, world: Pick<World, "monotonicMs">): Queue {
  const { calls_in_flight_max: max, queue_max, queue_timeout } = config;
  const lines: Record<Priority, Waiter[]> = { high: [], normal: [], low: [] };
  let inside = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  const waiting = (): number => lines.high.length + lines.normal.length + lines.low.length;
  const overloaded = () => gatewayErrors.overloaded({ max, waiting: waiting(), retryAfterMs: RETRY_AFTER_MS });

  function leave(): void {
    for (;;) {
      const next = lines.high.shift() ?? lines.normal.shift() ?? lines.low.shift();
      if (!next) break;
      if (next.signal?.aborted) next.refuse(gatewayErrors.caller_gone({}));
      // The place changes hands.
      else return next.admit();
    }
    inside -= 1;
  }

  function makeRound(): void {
    const nowMs = world.monotonicMs();
    for (const priority of priorities)
      lines[priority] = lines[priority].filter((waiter) => {
        const reason = reasonToGo(waiter, nowMs);
        if (reason) waiter.refuse(reason);
        return reason === undefined;
      });
    if (waiting() > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  function reasonToGo({ signal, sinceMs }: Waiter, nowMs: number) {
    if (signal?.aborted) return gatewayErrors.caller_gone({});
    if (nowMs - sinceMs < queue_timeout) return undefined;
    return gatewayErrors.queue_timeout({ max, timeoutMs: queue_timeout, retryAfterMs: RETRY_AFTER_MS });
  }

  /** Whoever is less urgent than a newcomer goes, the last that came first. */
  function makeRoomFor(priority: Priority): boolean {
    if (waiting() < queue_max) return true;
    for (const lesser of priorities.slice(priorities.indexOf(priority) + 1).reverse()) {
      const given = lines[lesser].pop();
      if (!given) continue;
      given.refuse(overloaded());
      return true;
    }
    return false;
  }

  return {
    enter(priority, signal) {
      if (inside < max) {
        inside += 1;
        return leave;
      }
      if (queue_max === 0 || !makeRoomFor(priority)) throw overloaded();
      timer ??= setInterval(makeRound, ROUND_MS);
      return new Promise((resolve, reject) => {
        const sinceMs = world.monotonicMs();
        lines[priority].push({ sinceMs, signal, admit: () => resolve(leave), refuse: reject });
      });
    },
    load: () => ({ in_flight: inside, max, waiting: waiting() }),
  };
}
