// The face of telemetry: takes in what other programs report by OpenTelemetry. Ways in that speak HTTP and gRPC are in
// interfaces; who may use them is governance's business.
import type { World } from "../kernel/index.ts";
import { toAppError } from "../kernel/index.ts";
import type { TelemetryConfig } from "./config.ts";
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
import type { Encoding, Outcome, Signal } from "./wire/answers.ts";
import { unpack } from "./wire/unpack.ts";
import type { Sender } from "./wire/wire-span.ts";

/** A request as it came. */
export interface PackedExport {
  signal: Signal;
  encoding: Encoding;
  /** The header content-encoding. */
  packing: string | null;
  /** As the sender says; the most that it may be, where it does not. */
  statedBytes: number;
  readBody(): Promise<Uint8Array>;
  sender: Sender;
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
}

export function createTelemetry(config: TelemetryConfig, deps: TelemetryDeps): Telemetry {
  const { world, storage, ledger, priceOf, isBusy } = deps;
  const meaning = createMeaning(config.meaning, { priceOf });
  const turns = createTurns(isBusy);
  const store = createMetricStore(storage);
  const counters = createCounters();
  const gate = createIntakeGate({ requestsMax: config.queue_requests_max, bytesMax: config.queue_bytes_max });
  const intake = createIntake(config, { world, turns, meaning, append: ledger.append });
  const metricIntake = createMetricIntake(config, { world, storage, store, turns });
  const takers = { traces: intake.traces, logs: intake.logs, metrics: metricIntake.take };

  async function takeWithin(stay: Stay, given: PackedExport): Promise<Outcome> {
    const packed = await given.readBody();
    const body = await unpack(packed, given.packing, config.body_bytes_max);
    stay.growTo(body.length);
    return takers[given.signal]({ body, encoding: given.encoding, sender: given.sender });
  }

  return {
    async take(given) {
      try {
        const stay = gate.enter(Math.min(given.statedBytes, config.body_bytes_max));
        const outcome = await takeWithin(stay, given).finally(stay.leave);
        counters.add(given.signal, outcome);
        return outcome;
      } catch (error) {
        if (toAppError(error).retry === "later") counters.turnAway(given.signal);
        throw error;
      }
    },
    bodyBytesMax: config.body_bytes_max,
    metrics: createMetricReader({ world, storage, store }),
    counts: counters.read,
  };
}
