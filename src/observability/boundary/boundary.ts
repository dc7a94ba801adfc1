// The Observability Boundary: how long each signal takes until governance can act on it, measured while it happens, and the
// moment at which one takes longer than its bound. Who is told of that is not decided here.
import type { World } from "../../kernel/index.ts";
import type { CallRecord } from "../../ledger/contract.ts";
import type { Ledger } from "../../ledger/index.ts";
import type { BoundaryConfig } from "./config.ts";
import {
  type BoundaryHistory,
  type BoundaryMinute,
  type BoundaryQuery,
  type BoundaryView,
  type SignalName,
  signalNames,
} from "./contract.ts";
import { createUncompared } from "./uncompared.ts";
import { createBoundaryPast } from "./history.ts";
import type { Change } from "./crossing.ts";
import { createSignalMeter, type SignalMeter } from "./signal-meter.ts";

export interface Boundary {
  /** Begins to measure. */
  start(): void;
  close(): void;
  /** Of this process, at this moment. */
  state(): BoundaryView;
  history(query: BoundaryQuery): BoundaryHistory;
  /** For rooms that know themselves when an event of theirs became actionable. Takes some 50 ns. */
  note(signal: SignalName, lagMs: number): void;
  /** Told of each bound that is crossed, or kept again; returns the way to stop. */
  subscribe(listener: (change: Change) => void): () => void;
}

/** The age of the oldest event that cannot be acted on yet; null where none waits. */
export type OldestWaiting = () => number | null;

export interface BoundaryDeps {
  world: Pick<World, "nowMs" | "monotonicMs" | "random" | "log">;
  ledger: Pick<Ledger, "subscribe" | "subscribeStored" | "state">;
  /** Signals whose events wait somewhere; the ledger's own is known here. */
  waiting: Partial<Record<SignalName, OldestWaiting>>;
  /** Calls before this were compared with their baselines; null where none was yet. Left out where nobody does that. */
  comparedUntil?: (() => Promise<number | null>) | undefined;
  /** Which of several processes this is. */
  worker: number;
}

const MINUTE_MS = 60_000;
/** Comparisons come minutes apart. */
const ASK_COMPARED_MS = 5000;

export function createBoundary(config: BoundaryConfig, deps: BoundaryDeps): Boundary {
  const { world, ledger, worker } = deps;
  const meters = createMeters(config, world);
  const comparing = createComparing(deps);
  const waiting: BoundaryDeps["waiting"] = {
    records: oldestRecord(ledger),
    drift: comparing.oldest,
    model_version: comparing.oldest,
    ...deps.waiting,
  };
  const past = createBoundaryPast(config.history_minutes);
  const listeners = new Set<(change: Change) => void>();
  let stops: (() => void)[] = [];
  let minuteMs = 0;

  function look(): void {
    for (const signal of signalNames) {
      const change = meters[signal].look(waiting[signal]?.() ?? null);
      if (change) tell(change);
    }
    const thisMinuteMs = Math.floor(world.nowMs() / MINUTE_MS) * MINUTE_MS;
    if (thisMinuteMs === minuteMs) return;
    if (minuteMs !== 0) past.add(signalNames.map((signal) => minuteOf(signal, minuteMs)));
    minuteMs = thisMinuteMs;
  }

  function minuteOf(signal: SignalName, at_ms: number): BoundaryMinute {
    return { signal, at_ms, ...meters[signal].takeMinute() };
  }

  function tell(change: Change): void {
    const { signal, state, lag_ms, bound_ms } = change;
    const log = { signal, lag_ms: Math.round(lag_ms), bound_ms };
    if (state === "crossed") world.log.warn(log, "a signal is too old to act on");
    else world.log.info(log, "a signal can be acted on in time again");
    for (const listener of listeners) listener(change);
  }

  return {
    start() {
      stops = [
        repeat(look, () => config.interval * (0.75 + world.random() / 2)),
        ledger.subscribe((record) => noteCall(meters, record, world.nowMs())),
        comparing.start(),
        ledger.subscribeStored((closedAtMs) => meters.records.note(Math.max(0, world.nowMs() - closedAtMs))),
      ];
      look();
    },
    close() {
      for (const stop of stops.splice(0)) stop();
      listeners.clear();
    },
    state() {
      const signals = signalNames.map((signal) => ({ ...meters[signal].view(), worker }));
      return { at_ms: world.nowMs(), window_ms: config.window, state: worstOf(signals), signals };
    },
    history: (query) => ({ minutes: past.list(query) }),
    note: (signal, lagMs) => meters[signal].note(lagMs),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** All that becomes actionable is told of, so what waits is only looked at. */
const TOLD_ONE_BY_ONE: ReadonlySet<SignalName> = new Set(["records", "drift"]);

type Meters = Record<SignalName, SignalMeter>;

function createMeters(config: BoundaryConfig, world: BoundaryDeps["world"]): Meters {
  const meterOf = (signal: SignalName): SignalMeter =>
    createSignalMeter(
      {
        signal,
        boundMs: config.bounds[signal],
        isSampled: !TOLD_ONE_BY_ONE.has(signal),
        windowMs: config.window,
        recoverAfterMs: config.recover_after,
        idleAfterMs: config.idle_after,
      },
      world,
    );
  // One of each name.
  return Object.fromEntries(signalNames.map((signal) => [signal, meterOf(signal)])) as Meters;
}

/** What a call did is charged, and known to routes, in the breath in which it ends; whoever listens hears of it now. So by now all
 * of that can be acted on, and it has not taken longer than this. */
function noteCall(meters: Meters, record: CallRecord, nowMs: number): void {
  const { started_at_ms, timings, attempts, cost, guardrails } = record;
  // A start is written down in whole milliseconds.
  const lagMs = Math.max(0, nowMs - started_at_ms - timings.total_ms);
  if (cost.usd_micros !== null) meters.cost.note(lagMs);
  if (attempts.length > 0) meters.latency.note(lagMs);
  if (guardrails.length > 0) meters.guardrail.note(lagMs);
}

/** Does not keep the process alive; returns the way to stop. */
function repeat(act: () => void, nextMs: () => number): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const schedule = (): void => {
    timer = setTimeout(() => {
      act();
      schedule();
    }, nextMs());
    timer.unref();
  };
  schedule();
  return () => clearTimeout(timer);
}

/** Which calls wait to be compared; asked of the database, so that every process knows, whichever of them compares. */
function createComparing({ world, ledger, comparedUntil }: BoundaryDeps) {
  const uncompared = createUncompared();
  let untilMs = 0;

  async function ask(): Promise<void> {
    // While nobody can be asked, it stands still, and what waits grows older.
    untilMs = (await comparedUntil?.().catch(() => untilMs)) ?? untilMs;
  }

  return {
    oldest(): number | null {
      const oldestMs = uncompared.oldestFrom(untilMs);
      return oldestMs === null ? null : Math.max(0, world.nowMs() - oldestMs);
    },
    start(): () => void {
      if (!comparedUntil) return () => undefined;
      void ask();
      const stopAsking = repeat(
        () => void ask(),
        () => ASK_COMPARED_MS,
      );
      const stop = ledger.subscribe(({ answer, started_at_ms }) => void (answer && uncompared.add(started_at_ms)));
      return () => {
        stopAsking();
        stop();
      };
    },
  };
}

function oldestRecord(ledger: Pick<Ledger, "state">): OldestWaiting {
  return () => {
    const { pending_records, lag_ms } = ledger.state();
    return pending_records > 0 ? lag_ms : null;
  };
}

export function worstOf(signals: readonly { state: BoundaryView["state"] }[]): BoundaryView["state"] {
  if (signals.some(({ state }) => state === "crossed")) return "crossed";
  return signals.some(({ state }) => state === "within") ? "within" : "idle";
}
