// Shadows: copies of calls, sent to targets whose answers are recorded only. A copy is a call of its own, told by the same
// story as any (complete.ts), on record with its parent's id, paid by the same budgets. Nobody waits for it, nothing that
// happens to it reaches the caller, and it takes nothing that callers need: no place of the process's, no share of their
// rate limits. Where there is no room or no money for it, it is left out, and the record says so.
import { isAppError, toAppError, type World } from "../../kernel/index.ts";
import type { Governance } from "../../governance/index.ts";
import type { Ledger, ShadowLink } from "../../ledger/index.ts";
import type { AnswerCache } from "../cache/index.ts";
import type { IncomingCall } from "../incoming-call.ts";
import type { Queue } from "../queue/queue.ts";
import type { SideTarget } from "../routing/language/side-target.ts";
import { readResidency, whyForbidden } from "../routing/facts/residency.ts";
import type { Planner } from "../routing/planner.ts";
import type { Plan } from "../routing/plan-shape.ts";
import type { Shaping } from "../shaping/index.ts";
import type { Settlement } from "../settlement/settle.ts";

export interface Shadowed {
  plan: Plan;
  incoming: IncomingCall;
  settlement: Settlement;
  /** Who answers the caller. */
  answeredBy: string;
}

export interface Shadows {
  /** Sends what copies the route wants of this call. Never throws; on the parent's record at once. */
  follow(call: Shadowed): void;
  /** Ends those that are under way, and waits until they are on record. */
  close(): Promise<void>;
}

/** What is other for a copy. */
export interface ShadowChanges {
  governance: Governance;
  planner: Planner;
  queue: Pick<Queue, "enter">;
  cache: Pick<AnswerCache, "take">;
  shaping: Shaping;
}

export interface ShadowDeps {
  world: Pick<World, "random" | "monotonicMs" | "log">;
  ledger: Pick<Ledger, "state">;
  governance: Governance;
  queue: Pick<Queue, "load">;
  /** As they are at the moment. */
  live(): { planner: Planner; inFlightMax: number };
  complete(incoming: IncomingCall, changes: ShadowChanges): Promise<{ body: unknown }>;
}

export function createShadows(deps: ShadowDeps): Shadows {
  const { world } = deps;
  const closing = new AbortController();
  const underWay = new Set<Promise<void>>();

  function whyLeftOut(target: SideTarget, { incoming, answeredBy }: Shadowed): string | undefined {
    if (target.name === answeredBy) return "it answered the call itself";
    if (incoming.request.form) return "files that are sent as a form are sent once";
    const forbidden = incoming.header && whyForbidden(target, readResidency(incoming.header));
    if (forbidden !== undefined) return forbidden;
    if (closing.signal.aborted) return "this process is about to stop";
    if (deps.queue.load().waiting > 0) return "calls wait for a place";
    const { inFlightMax } = deps.live();
    if (underWay.size >= inFlightMax) return `as many copies as may be are under way (${inFlightMax})`;
    const { journal_bytes: used, journal_max_bytes: most } = deps.ledger.state();
    return used > most / 2 ? "the journal is more than half full" : undefined;
  }

  function send(target: SideTarget, { plan, incoming, settlement }: Shadowed): ShadowLink {
    let callId: string | undefined;
    const copy: IncomingCall = {
      ...incoming,
      signal: closing.signal,
      priority: "low",
      startedMs: world.monotonicMs(),
      cacheHeader: null,
      shadowOf: settlement.callId,
      trace: { ...incoming.trace, ...settlement.traceBelow() },
      onOpened: (id) => void (callId = id),
    };
    const changes = changesFor(deps, { target: target.name, plan, of: settlement });
    const done = deps
      .complete(copy, changes)
      .then(readToEnd)
      // Whatever it is, it is on the copy's record; unless that could not be opened.
      .catch((error: unknown) => {
        if (!isAppError(error)) world.log.error({ error: toAppError(error).message }, "a shadow failed unforeseen");
      })
      .finally(() => underWay.delete(done));
    underWay.add(done);
    const left_out = callId === undefined ? "it could not be put on record" : null;
    return { target: target.name, call_id: callId ?? null, left_out };
  }

  return {
    follow(call) {
      const { shadows } = call.plan;
      if (!shadows || world.random() >= shadows.share) return;
      for (const target of shadows.targets) {
        const left_out = whyLeftOut(target, call);
        call.settlement.shadowed(
          left_out === undefined ? send(target, call) : { target: target.name, call_id: null, left_out },
        );
      }
    },
    async close() {
      closing.abort();
      await Promise.all(underWay);
    },
  };
}

interface Copied {
  target: string;
  plan: Plan;
  of: Pick<Settlement, "callId" | "obligations">;
}

const AUTHORITY = { policy: "builtin.shadow", rule: "a copy of a call that was allowed, as its route says" };
const nothing = (): void => undefined;

/** No place, no limits but money's, nothing kept; one try at one target. */
function changesFor({ governance, live }: ShadowDeps, { target, plan, of }: Copied): ShadowChanges {
  const { planner } = live();
  const reason = `a copy of the call ${of.callId}`;
  return {
    queue: { enter: () => nothing },
    cache: { take: () => undefined },
    // It was shaped as its original was, and nobody waits for an answer that holds.
    shaping: { shape: (call) => call },
    governance: {
      ...governance,
      admit: () => ({ authority: AUTHORITY, obligations: of.obligations(), release: nothing }),
      tools: () => undefined,
      hold: (bearer, worstCase) => governance.hold(bearer, worstCase, "usd"),
    },
    planner: {
      ...planner,
      plan(_, call) {
        const { considered, attempts } = planner.plan(target, call);
        return {
          route: { name: `shadow of ${plan.route.name}`, strategy: "shadow", reason },
          considered,
          attempts: attempts.slice(0, 1).map((attempt) => ({ ...attempt, reason })),
        };
      },
    },
  };
}

async function readToEnd({ body }: { body: unknown }): Promise<void> {
  if (!(body instanceof ReadableStream)) return;
  const reader = body.getReader();
  while (!(await reader.read()).done);
}
