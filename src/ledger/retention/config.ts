// The `ledger.retention` branch of the config tree: how long records and their bodies are kept, and how much disk they may take.
import { z } from "zod";
import { byteSize, duration } from "../../kernel/index.ts";
import { spanKinds } from "../contract.ts";

const DAY_MS = 86_400_000;
const OVERRIDES_MAX = 1000;

const keepSchema = z.strictObject({
  records: duration().optional().describe("how long its records are kept"),
  bodies: duration().optional().describe("how long what was asked and answered is kept"),
});

export const retentionSchema = z.strictObject({
  records: duration()
    .default(400 * DAY_MS)
    .describe("records older than this go, a day at a time; sums over them stay"),
  bodies: duration()
    .default(90 * DAY_MS)
    .describe("what was asked and answered goes before its record does"),
  projects: z
    .record(z.string(), keepSchema)
    .default({})
    .refine((projects) => Object.keys(projects).length <= OVERRIDES_MAX, `at most ${OVERRIDES_MAX} projects`)
    .describe("other times for a project, shorter or longer"),
  kinds: z
    .partialRecord(z.enum(spanKinds), keepSchema)
    .default({})
    .describe("other times for a kind of record, such as log; where project and kind both say, the shorter holds"),
  disk_max: byteSize()
    .optional()
    .describe("above this the oldest bodies go, and when there are none left but today's, the oldest records"),
  interval: duration().default(600_000).describe("how often it is looked at"),
});

export type RetentionConfig = z.output<typeof retentionSchema>;
