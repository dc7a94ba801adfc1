// Telemetry on its own, for tests: what would be in the journal is in a list.
import { type MadeSpan, spanIdAt, traceIdAt, writeTraces } from "../../test/support/otlp.ts";
import { createWorld, isAppError, type World } from "../kernel/index.ts";
import type { NewSpan } from "../ledger/index.ts";
import type { Storage } from "../storage/index.ts";
import { telemetryConfigSchema } from "./config.ts";
import type { Append } from "./intake/reading.ts";
import { createTelemetry, type PackedExport, type Telemetry } from "./telemetry.ts";
import type { Outcome, Signal } from "./wire/answers.ts";

export interface HeldTelemetry {
  telemetry: Telemetry;
  kept: NewSpan[];
  send(body: Uint8Array | string, how?: Partial<PackedExport>): Promise<Outcome>;
}

export const sender = { key_id: "k1", key_name: "test", user: null, team: "t", project: null };

interface Given {
  config?: object;
  world?: Partial<World>;
  append?: Append;
  storage?: Storage;
}

/** PostgreSQL that is away: spans and logs need none. */
// Nothing else of storage is looked at.
const away = { pool: {}, isAvailable: () => false } as unknown as Storage;

export function holdTelemetry({ config = {}, world = {}, append, storage = away }: Given = {}): HeldTelemetry {
  const kept: NewSpan[] = [];
  const telemetry = createTelemetry(telemetryConfigSchema.parse(config), {
    world: createWorld(world),
    storage,
    priceOf: () => ({ usd_micros: null, price_version: null }),
    ledger: { append: append ?? ((records) => void kept.push(...records)) },
  });
  return {
    telemetry,
    kept,
    send(body, how = {}) {
      const bytes = typeof body === "string" ? Buffer.from(body) : body;
      const encoding = typeof body === "string" ? "json" : "protobuf";
      const signal: Signal = "traces";
      return telemetry.take({
        signal,
        encoding,
        packing: null,
        statedBytes: bytes.length,
        readBody: () => Promise.resolve(bytes),
        sender,
        ...how,
      });
    },
  };
}

export function spanAt(place: number, more: Partial<MadeSpan> = {}): MadeSpan {
  return { traceId: traceIdAt(1), spanId: spanIdAt(place), name: `span ${place}`, startedAtMs: Date.now(), ...more };
}

export function tracesOf(...spans: MadeSpan[]): Buffer {
  return writeTraces({ resource: { "service.name": "shop" }, spans });
}

/** "413 telemetry.too_large", or that there was none. */
export async function errorCode(promise: Promise<unknown>): Promise<string> {
  const error = await promise.catch((caught: unknown) => caught);
  return isAppError(error) ? `${error.status} ${error.code}` : `no error: ${JSON.stringify(error)}`;
}
