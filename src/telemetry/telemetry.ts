// The face of telemetry: takes in what other programs report by OpenTelemetry. Ways in that speak HTTP and gRPC are in
// interfaces; who may use them is governance's business.
import type { World } from "../kernel/index.ts";
import { toAppError } from "../kernel/index.ts";
import type { TelemetryConfig } from "./config.ts";
import { createHandOver, type Handed } from "./handing-over/hand-over.ts";
import { createCounters, type TelemetryCounts } from "./intake/counters.ts";
import { createIntakeGate, type Stay } from "./intake/gate.ts";
import { createIntake } from "./intake/intake.ts";
import type { Append } from "./intake/reading.ts";
import { createTurns } from "./intake/turns.ts";
import type { PriceOf } from "./meaning/figures/read-cost.ts";
import { createMeaning } from "./meaning/meaning.ts";
import { createMetricReader, type MetricReader } from "./metrics/read-metrics.ts";
import { createMetricStore } from "./metrics/store.ts";
import { createMetricIntake } from "./metrics/take-metrics.ts";
import type { Storage } from "../storage/index.ts";
import { alone, type Peers } from "../workers/index.ts";
import type { Outcome } from "./wire/answers.ts";
import { unpack } from "./wire/unpack.ts";

/** A request as it came. */
export interface PackedExport extends Omit<Handed, "body"> {
  /** As the sender says; the most that it may be, where it does not. */
  statedBytes: number;
  readBody(): Promise<Uint8Array>;
}

export interface Telemetry {
  /**
   * All that is accepted is in the journal when it resolves. Throws `telemetry.*`, and `ledger.journal_full` and
   * `ledger.journal_failed`; what says "later" may be sent again, and adds nothing twice.
   */
  take(given: PackedExport): Promise<Outcome>;
  readonly bodyBytesMax: number;
  metrics: MetricReader;
  counts(): TelemetryCounts;
}

export interface TelemetryDeps {
  world: World;
  storage: Storage;
  ledger: { append: Append };
  /** Whether calls are under way, for which telemetry makes room. */
  isBusy?: () => boolean;
  /** What a call at a vendor costs, where it was not asked through us. */
  priceOf: PriceOf;
  peers?: Pick<Peers, "role" | "aide" | "answer">;
}

export function createTelemetry(config: TelemetryConfig, deps: TelemetryDeps): Telemetry {
  const { world, storage, ledger, priceOf, isBusy, peers = alone } = deps;
  const meaning = createMeaning(config.meaning, { priceOf });
  const turns = createTurns(isBusy);
  const store = createMetricStore(storage);
  const counters = createCounters();
  const gate = createIntakeGate({ requestsMax: config.queue_requests_max, bytesMax: config.queue_bytes_max });
  const intake = createIntake(config, { world, turns, meaning, append: ledger.append });
  const metricIntake = createMetricIntake(config, { world, storage, store, turns });
  const takers = { traces: intake.traces, logs: intake.logs, metrics: metricIntake.take };

  const handOver = createHandOver(config.own_process_from, {
    world,
    peers,
    take: (given) => within(given.body.length, (stay) => takeHere(stay, given)),
  });

  /** As far as there is room for it. */
  async function within<T>(bytes: number, take: (stay: Stay) => Promise<T>): Promise<T> {
    const stay = gate.enter(Math.min(bytes, config.body_bytes_max));
    return await take(stay).finally(stay.leave);
  }

  async function takeHere(stay: Stay, { signal, encoding, packing, body: packed, sender }: Handed): Promise<Outcome> {
    const body = await unpack(packed, packing, config.body_bytes_max);
    stay.growTo(body.length);
    const outcome = await takers[signal]({ body, encoding, sender });
    counters.add(signal, outcome);
    handOver.tookIn(outcome.accepted + outcome.rejected);
    return outcome;
  }

  return {
    async take({ signal, encoding, packing, statedBytes, sender, readBody }) {
      try {
        return await within(statedBytes, async (stay) => {
          const handed = { signal, encoding, packing, sender, body: await readBody() };
          return (await handOver.offer(handed)) ?? (await takeHere(stay, handed));
        });
      } catch (error) {
        if (toAppError(error).retry === "later") counters.turnAway(signal);
        throw error;
      }
    },
    bodyBytesMax: config.body_bytes_max,
    metrics: createMetricReader({ world, storage, store }),
    counts: counters.read,
  };
}
