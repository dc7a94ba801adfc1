// The story of one Realtime connection: admitted, planned, a vendor that lets us in, then relayed until either side leaves.
// Its place is held for as long as it lasts; its responses are on record one by one.
import { elapsedMs, type Socket, type SocketListener, sleep, toAppError } from "../../kernel/index.ts";
import type { Attempt } from "../../ledger/contract.ts";
import { connectRealtime, type Target } from "../../providers/index.ts";
import { refuseUnread } from "../autonomy/refuse-unread.ts";
import { requireModelName } from "../admit-call.ts";
import { restFor } from "../attempt.ts";
import type { CompleteDeps } from "../complete.ts";
import { nextUsable } from "../health/next-usable.ts";
import { verdictOf } from "../health/verdict.ts";
import { type Plan, type PlannedAttempt, routeOf } from "../routing/plan-shape.ts";
import { waitBeforeNext } from "../health/wait-before-next.ts";
import { askToConnect, refuseUnseen } from "../screening/index.ts";
import { createHeldListener, type HeldListener } from "./held-listener.ts";
import type { IncomingConnection } from "./incoming-connection.ts";
import { type ConnectionRecords, createConnectionRecords } from "./open-records.ts";
import { createOfferedTools } from "./offered-tools.ts";
import { createRelay } from "./relay.ts";
import { createResponseBook } from "./response-book.ts";

export interface RealtimeConnection {
  readonly id: string;
  /** `vendor/model`. */
  readonly target: string;
  /** The caller's end is open: from here on it is relayed. Gives back who is to be told what comes on it. Call it once. */
  accept(caller: Socket): SocketListener;
  /** The caller's end never opened. */
  abandon(): void;
  /** This process wants to stop: the connection ends as soon as no response is awaited on it. */
  leave(): void;
}

/** A vendor that has let us in. */
interface Entrance {
  socket: Socket;
  held: HeldListener;
  target: Target;
  attempt: Attempt;
}

/** Throws AppErrors; whatever it throws is on record, under the id in `callIdOf(error)`. */
export async function openConnection(deps: CompleteDeps, incoming: IncomingConnection): Promise<RealtimeConnection> {
  const records = createConnectionRecords(incoming, deps);
  const releases: (() => void)[] = [];
  const release = (): void => releases.splice(0).forEach((giveBack) => giveBack());
  try {
    releases.push(await deps.queue.enter(incoming.priority ?? "normal", undefined));
    requireModelName(incoming.model);
    const admission = deps.governance.admit(incoming.principal, incoming.model, incoming.header);
    releases.push(admission.release);
    records.admitted(admission);
    refuseUnseen(deps.guardrails, incoming, admission);
    refuseUnread(deps, incoming.principal, "what is said on a connection");
    await askToConnect(deps.approvals, incoming, { ...admission, callId: records.id });
    const plan = deps.planner.plan(incoming.model, incoming);
    records.planned(plan);
    // What is said on a connection has no bound: under a budget there is none.
    const { principal, ip } = incoming;
    const hold = await deps.governance.hold({ principal, ip, route: routeOf(plan) }, () => ({
      usd_micros: null,
      tokens: 0,
      target: incoming.model,
    }));
    if (hold) releases.push(() => hold.settle({ usd_micros: 0, tokens: 0, requests: 1 }));
    const entrance = await connectInOrder(deps, plan, { incoming, records, releases });
    return connectionOf(deps, entrance, { records, release, incoming });
  } catch (thrown) {
    release();
    records.refuse(toAppError(thrown));
    throw thrown;
  }
}

interface Connecting {
  incoming: IncomingConnection;
  records: ConnectionRecords;
  /** Done when the connection is over. */
  releases: (() => void)[];
}

/** The first vendor that lets us in; throws the last error when none does. */
async function connectInOrder(deps: CompleteDeps, plan: Plan, connecting: Connecting): Promise<Entrance> {
  // Where all are left alone, the first is tried all the same: it is one connection, not a call of many.
  let place = Math.max(0, nextUsable(plan.attempts, 0, deps));
  for (;;) {
    const planned = plan.attempts[place];
    if (!planned) throw new Error("a plan without attempts");
    try {
      return await connectAllowed({ plan, planned }, deps, connecting);
    } catch (thrown) {
      const next = waitBeforeNext(toAppError(thrown), { attempts: plan.attempts, place }, deps);
      if (!next) throw thrown;
      await sleep(next.waitMs);
      place = next.place;
    }
  }
}

/** Held against the caps of its target for as long as the connection lasts. */
async function connectAllowed(
  { plan, planned }: { plan: Plan; planned: PlannedAttempt },
  deps: CompleteDeps,
  connecting: Connecting,
): Promise<Entrance> {
  const { principal, ip } = connecting.incoming;
  const { id, vendor } = planned.target;
  const bearer = { principal, ip, route: routeOf(plan), target: { id, vendor: vendor.name } };
  const hold = await deps.governance.holdTarget(bearer, () => ({ usd_micros: null, tokens: 0, target: id }));
  const giveBack = (): void => hold?.settle({ usd_micros: 0, tokens: 0, requests: 1 });
  try {
    const entrance = await connectOnce(planned, deps, connecting);
    connecting.releases.push(giveBack);
    return entrance;
  } catch (thrown) {
    giveBack();
    throw thrown;
  }
}

async function connectOnce(
  { target, reason }: PlannedAttempt,
  { config, world, health }: CompleteDeps,
  { incoming, records }: Connecting,
): Promise<Entrance> {
  const { credentials, name: vendor } = target.vendor;
  const startedMs = world.monotonicMs();
  const credential = credentials.take(startedMs);
  const held = createHeldListener();
  const attempt: Attempt = {
    target: target.id,
    vendor,
    model: target.model,
    reason,
    ...(credentials.size > 1 && { credential: credential.name }),
    started_after_ms: elapsedMs(world, incoming.startedMs),
    duration_ms: 0,
    first_byte_ms: null,
    status: null,
    outcome: "error",
    error: null,
  };
  const trial = health.begin(target);
  try {
    const { connect_timeout: timeoutMs } = config.realtime;
    const call = { target, credential, headers: incoming.headers, listener: held, timeoutMs };
    const socket = await connectRealtime(call, world);
    socket.pause();
    health.end(trial, "answered");
    return { socket, held, target, attempt };
  } catch (thrown) {
    const error = toAppError(thrown);
    health.end(trial, verdictOf(error), error.retryAfterMs);
    const restMs = restFor(error);
    if (restMs > 0) credentials.rest(credential, world.monotonicMs() + restMs);
    attempt.duration_ms = elapsedMs(world, startedMs);
    attempt.error = { code: error.code, message: error.message };
    attempt.status = typeof error.params["status"] === "number" ? error.params["status"] : null;
    records.tried(attempt);
    throw error;
  }
}

function connectionOf(
  { config, world, governance, providers, watchkeeper }: CompleteDeps,
  { socket: vendor, held, target, attempt }: Entrance,
  { records, release, incoming }: Pick<Connecting, "records" | "incoming"> & { release(): void },
): RealtimeConnection {
  const { idle_timeout, responses_max: responsesMax } = config.realtime;
  const idleMs = target.vendor.timeouts.idleMs ?? idle_timeout;
  let leave = (): void => undefined;
  return {
    id: records.id,
    target: target.id,
    accept(caller) {
      const book = createResponseBook(
        { world, providers, records, target, attempt },
        { heardBytesMax: config.recorded_bytes_max, responsesMax },
      );
      const limits = {
        first_token_timeout: idleMs,
        between_tokens_timeout: idleMs,
        total_timeout: target.vendor.timeouts.totalMs ?? config.total_timeout,
      };
      const tools = createOfferedTools(governance, incoming, records);
      const relay = createRelay({
        caller,
        vendor,
        target: target.id,
        asked: { call: { ...incoming, tools: tools.names }, target },
        book,
        limits,
        config: config.realtime,
        watchkeeper,
        checkTools: tools.check,
        world,
        release,
      });
      leave = relay.leave;
      held.releaseTo(relay.vendorListener);
      vendor.resume();
      return relay.callerListener;
    },
    abandon() {
      vendor.close(1001, "");
      release();
    },
    leave: () => leave(),
  };
}
