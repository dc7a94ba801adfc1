// The `ledger` branch of the config tree: how much the journal may hold, what is kept of bodies, how records reach PostgreSQL.
import { z } from "zod";
import { byteSize, duration } from "../kernel/index.ts";
import { retentionSchema } from "./retention/config.ts";
import { sumsConfigSchema } from "./sums/config.ts";

const DAY_MS = 86_400_000;
const MIB = 1024 * 1024;
const JOURNAL_BYTES_MIN = 256 * 1024;

const journalSchema = z.strictObject({
  max_bytes: byteSize()
    .default(2048 * MIB)
    .describe("disk that records may take while they wait for PostgreSQL; new calls are refused beyond it"),
  spans_share: z
    .number()
    .min(0)
    .max(1)
    .default(0.75)
    .describe("part of max_bytes beyond which other programs' spans are refused, so that calls still find room"),
  segment_bytes: byteSize()
    .default(64 * MIB)
    .describe("size of one journal file; at most a quarter of max_bytes is used"),
  fsync_interval: duration()
    .default(1000)
    .describe(
      "how much a power cut may lose; 0 forces every record to the disk (a killed process loses nothing either way)",
    ),
});

const bodiesSchema = z.strictObject({
  store: z.boolean().default(true).describe("whether prompts and answers are kept at all"),
  max_bytes: byteSize().default(MIB).describe("longer bodies are cut, and the record says so"),
});

const projectorSchema = z.strictObject({
  interval: duration().default(100).describe("records are gathered this long before they are written"),
  batch_records_max: z.number().int().min(1).max(10_000).default(500).describe("records in one batch"),
  batch_bytes_max: byteSize()
    .default(4 * MIB)
    .describe("of journal in one batch; a longer record makes a batch of its own"),
  retry_max: duration().default(5000).describe("longest wait between tries while PostgreSQL is away"),
  look_again: duration()
    .default(10_000)
    .describe(
      "how long after an application's span came it is once more compared with the calls that went through the gateway",
    ),
  look_again_max: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(20_000)
    .describe("spans that wait for that; more are compared at once"),
});

const filterBoundsSchema = z.strictObject({
  length_max: z.number().int().min(10).max(100_000).default(2000).describe("characters of a filter"),
  depth_max: z.number().int().min(1).max(100).default(20).describe("brackets and NOTs in each other"),
  terms_max: z.number().int().min(1).max(1000).default(50).describe("terms of a filter"),
});

const readingSchema = z.strictObject({
  window: duration()
    .default(DAY_MS)
    .describe("how far back lists of records, traces, sessions and users look when they are not told"),
  window_max: duration()
    .default(31 * DAY_MS)
    .describe("the most time that one list looks at"),
  timeout: duration().default(10_000).describe("a search that takes longer is given up"),
  records_max: z
    .number()
    .int()
    .min(100)
    .max(1_000_000)
    .default(20_000)
    .describe(
      "records that a page of sessions or users looks at, and that a trace or a session is summed up from in a list",
    ),
  filter: filterBoundsSchema.prefault({}),
});

const searchSchema = z.strictObject({
  enabled: z.boolean().default(true).describe("whether the words of records can be searched for"),
  interval: duration().default(500).describe("how often records that came since are indexed"),
  text_bytes_max: byteSize()
    .default(8192)
    .describe("of each body, the text of which words are kept: half of it from its beginning, half from its end"),
});

export const ledgerConfigSchema = z
  .strictObject({
    journal: journalSchema.prefault({}),
    bodies: bodiesSchema.prefault({}),
    projector: projectorSchema.prefault({}),
    sums: sumsConfigSchema,
    retention: retentionSchema.prefault({}),
    recent_records_max: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .default(1000)
      .describe("latest records kept in memory, to be found before they are in PostgreSQL and while it is away"),
    list_window: duration()
      .default(7 * 86_400_000)
      .describe("how far back a list of calls looks when it is not told"),
    reading: readingSchema.prefault({}),
    search: searchSchema.prefault({}),
    close_timeout: duration().default(5000).describe("how long a stop waits for the last records to reach PostgreSQL"),
  })
  .prefault({})
  .refine(({ journal, bodies }) => journal.max_bytes >= Math.max(JOURNAL_BYTES_MIN, 8 * bodies.max_bytes), {
    path: ["journal", "max_bytes"],
    message: "must be at least 256 KiB, and 8 times ledger.bodies.max_bytes, or a few calls could fill the journal",
  });

export type LedgerConfig = z.output<typeof ledgerConfigSchema>;
