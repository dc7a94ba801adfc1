// The `gateway` branch of the config tree: routes, retries, time-outs, bounds.
import { z } from "zod";
import { byteSize, duration } from "../kernel/index.ts";
import { cacheConfigSchema } from "./cache/config.ts";
import { healthSchema } from "./health/config.ts";
import { hedgingSchema } from "./hedging/config.ts";
import { queueFields } from "./queue/config.ts";
import { routingSchema } from "./routing/config.ts";
import { batchingSchema } from "./embedding-batching/config.ts";
import { apiRoutesSchema } from "./routes/config.ts";
import { routeSchema } from "./routing/language/language.ts";

const realtimeSchema = z.strictObject({
  connect_timeout: duration().default(30_000).describe("how long a vendor may take to open a connection"),
  idle_timeout: duration()
    .default(15 * 60_000)
    .describe("a connection on which neither side says anything is closed after this"),
  slow_timeout: duration()
    .default(30_000)
    .describe("a side that takes nothing of what waits for it is cut off after this"),
  buffered_bytes_max: byteSize()
    .default(1024 * 1024)
    .describe("what may wait for one side; beyond it the other side is not read until that has been taken"),
  responses_max: z.number().int().min(1).max(1000).default(32).describe("responses under way at once on a connection"),
});

export const gatewayConfigSchema = z
  .strictObject({
    routes: z
      .record(z.string().min(1).max(200), routeSchema)
      .default({})
      .describe("model names that callers use, and the targets behind them"),
    api_routes: apiRoutesSchema.prefault({}),
    continuations_max: z
      .number()
      .int()
      .min(1)
      .max(5)
      .default(1)
      .describe("how often one answer is gone on with elsewhere, on routes with continue_broken"),
    attempts_max: z.number().int().min(1).max(20).default(3).describe("tries for one call, over all its targets"),
    backoff_base: duration()
      .default(200)
      .describe(
        "the longest wait before the second try at the same target; doubles with each; how much of it is chance",
      ),
    backoff_max: duration().default(5_000).describe("the longest wait between tries, a vendor's Retry-After included"),
    strict_translation: z
      .boolean()
      .default(false)
      .describe("refuse what a vendor's dialect cannot say, rather than drop it and say so"),
    connect_timeout: duration()
      .default(10_000)
      .describe("how long a new connection to a vendor may take; beyond that it is unreachable"),
    first_token_timeout: duration()
      .default(15 * 60_000)
      .describe("how long a vendor may think before it sends anything"),
    between_tokens_timeout: duration()
      .default(2 * 60_000)
      .describe("how long a stream may be silent once it has begun"),
    total_timeout: duration().default(60 * 60_000),
    ...queueFields,
    shadows_in_flight_max: z
      .number()
      .int()
      .min(0)
      .max(10_000)
      .default(32)
      .describe("copies for shadow targets that are under way at once; those beyond it are left out"),
    answer_bytes_max: byteSize()
      .default(64 * 1024 * 1024)
      .describe("the longest whole answer, or single stream event, that is taken from a vendor"),
    recorded_bytes_max: byteSize()
      .default(1024 * 1024)
      .describe("how much of a streamed answer is kept for the record"),
    routing: routingSchema.prefault({}),
    health: healthSchema.prefault({}),
    hedging: hedgingSchema.prefault({}),
    realtime: realtimeSchema.prefault({}),
    cache: cacheConfigSchema.prefault({}),
    embedding_batching: batchingSchema.prefault({}),
  })
  .prefault({});

export type GatewayConfig = z.output<typeof gatewayConfigSchema>;

/** What is taken over at a start only; all else from the next call on. */
export function keptGatewayConfig(config: GatewayConfig): Partial<GatewayConfig> {
  const { calls_in_flight_max, queue_max, queue_timeout, routing, health, hedging, cache, api_routes } = config;
  return { calls_in_flight_max, queue_max, queue_timeout, routing, health, hedging, cache, api_routes };
}
