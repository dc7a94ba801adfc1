// The `gateway.cache` branch of the config tree.
import { z } from "zod";
import { byteSize, duration } from "../../kernel/index.ts";
import { semanticConfigSchema } from "./semantic/config.ts";

export const cacheScopes = ["project", "team", "user", "key", "installation"] as const;

const databaseSchema = z.strictObject({
  enabled: z.boolean().default(true).describe("share kept answers with other processes, and over restarts"),
  entries_max: z.number().int().min(1).max(10_000_000).default(100_000).describe("answers kept; the oldest go first"),
  bytes_max: byteSize()
    .default(1024 ** 3)
    .describe("of all of them together; the oldest go first"),
  interval: duration()
    .default(1000)
    .describe("how often new answers are written, and those of other processes, and purges, are heard of"),
  sweep_interval: duration().default(60_000).describe("how often what is over its time, or over a bound, is taken out"),
  read_timeout: duration().default(100).describe("a look-up that takes longer is a miss"),
  pending_bytes_max: byteSize()
    .default(16 * 1024 * 1024)
    .describe("answers that wait to be written; what comes beyond it is dropped, and counted"),
});

export const cacheConfigSchema = z.strictObject({
  enabled: z.boolean().default(false).describe("keep whole answers, and give them again to the same request"),
  routes: z
    .array(z.string().min(1).max(200))
    .max(10_000)
    .optional()
    .describe("routes and models whose answers are kept; where left out, all. A call may ask for it by header"),
  scope: z
    .enum(cacheScopes)
    .default("project")
    .describe("who shares answers: those of a project; where a key has none, of a team; else of a user; else one key"),
  ttl: duration()
    .default(60 * 60_000)
    .describe("how long an answer is kept"),
  entry_bytes_max: byteSize()
    .default(1024 * 1024)
    .describe("a longer answer is not kept, and calls that wait for it may fall behind by no more"),
  memory_bytes_max: byteSize()
    .default(64 * 1024 * 1024)
    .describe("answers in this process's memory; those used least lately go first"),
  waiting_max: z
    .number()
    .int()
    .min(0)
    .max(100_000)
    .default(1000)
    .describe("calls that wait for the answer to one of them; those beyond it ask for themselves"),
  database: databaseSchema.prefault({}),
  semantic: semanticConfigSchema,
});

export type CacheConfig = z.output<typeof cacheConfigSchema>;
