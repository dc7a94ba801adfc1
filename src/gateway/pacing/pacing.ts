// Keeps calls below vendors' own limits, as far as they are known: whose turn it is at a target, and how long the next will wait.
// What is known stands in the lanes; each process learns for itself.
import type { World } from "../../kernel/index.ts";
import type { VendorLimit } from "../contract.ts";
import { gatewayErrors } from "../errors.ts";
import type { HealthConfig } from "../health/config.ts";
import { createFairLine, type FairLine } from "./fair-line.ts";
import { createLanes, type Turn, type TurnWanted } from "./lanes.ts";

export interface Pacing {
  readonly isOn: boolean;
  /** Milliseconds until a call that comes now would have its turn, about. */
  waitFor(wanted: TurnWanted): number;
  /** Throws, or rejects with, `gateway.vendor_limit_near` and `gateway.caller_gone`. */
  turn(wanted: TurnWanted, signal: AbortSignal): Turn | Promise<Turn>;
  /** What was learnt, by vendor. */
  view(): VendorLimit[];
}

interface Waiter {
  wanted: TurnWanted;
  signal: AbortSignal;
  untilMs: number;
  admit(turn: Turn): void;
  refuse(reason: unknown): void;
}

/** How late a waiting call may learn that its caller has gone, or its time is over. */
const ROUND_MS = 50;

export function createPacing(
  { adaptive, adaptive_wait_max: waitMaxMs, adaptive_waiting_max: waitingMax, targets_max }: HealthConfig,
  world: Pick<World, "monotonicMs" | "nowMs">,
): Pacing {
  const lanes = createLanes(targets_max, world);
  const lines = new Map<string, FairLine<Waiter>>();

  const nearLimit = ({ target }: TurnWanted, waitMs: number) =>
    gatewayErrors.vendor_limit_near({ target: target.id, retryAfterMs: Math.max(1, waitMs) });

  /** Serves those whose turn has come; then again, as long as somebody waits. */
  function serve(id: string, line: FairLine<Waiter>): void {
    const nowMs = world.monotonicMs();
    line.keep((waiter) => holds(waiter, nowMs));
    let waitMs = 0;
    for (let head = line.head(); head; head = line.head()) {
      const best = lanes.bestOf(head.wanted, nowMs);
      waitMs = best.waitMs;
      if (waitMs > 0) break;
      line.take()?.admit(lanes.take(best, head.wanted));
    }
    if (line.size === 0) lines.delete(id);
    else setTimeout(serve, Math.min(ROUND_MS, Math.ceil(waitMs)), id, line);
  }

  function holds({ signal, untilMs, wanted, refuse }: Waiter, nowMs: number): boolean {
    if (signal.aborted) refuse(gatewayErrors.caller_gone({}));
    else if (nowMs < untilMs) return true;
    else refuse(nearLimit(wanted, lanes.bestOf(wanted, nowMs).waitMs));
    return false;
  }

  function waitFor(wanted: TurnWanted): number {
    const nowMs = world.monotonicMs();
    const before = lines.get(wanted.target.id)?.ahead(wanted.party) ?? 0;
    const { waitMs } = lanes.bestOf(wanted, nowMs);
    return before === 0 ? waitMs : waitMs + (before * 1000) / lanes.rateOf(wanted.target, nowMs);
  }

  function wait(wanted: TurnWanted, signal: AbortSignal): Promise<Turn> {
    const { id } = wanted.target;
    const known = lines.get(id);
    const line = known ?? createFairLine<Waiter>();
    const waitMs = waitFor(wanted);
    if (waitMs > waitMaxMs || line.size >= waitingMax) throw nearLimit(wanted, waitMs);
    const { promise, resolve: admit, reject: refuse } = Promise.withResolvers<Turn>();
    line.add(wanted.party, { wanted, signal, untilMs: world.monotonicMs() + waitMaxMs, admit, refuse });
    if (known) return promise;
    lines.set(id, line);
    serve(id, line);
    return promise;
  }

  return {
    isOn: adaptive,
    waitFor,
    turn(wanted, signal) {
      const best = lanes.bestOf(wanted, world.monotonicMs());
      const isFree = best.waitMs === 0 && !lines.has(wanted.target.id);
      return isFree ? lanes.take(best, wanted) : wait(wanted, signal);
    },
    view: () =>
      lanes
        .view(world.monotonicMs())
        .map((limit) => ({ ...limit, waiting: lines.get(`${limit.vendor}/${limit.model}`)?.size ?? 0 })),
  };
}
