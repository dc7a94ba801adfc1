// How much of the record lies on disk, how long it is kept, and what went lately: shapes and the route.
import { oc } from "@orpc/contract";
import { z } from "zod";

const sweepSchema = z.object({
  at_ms: z.number().int(),
  part: z.enum(["records", "bodies"]),
  day: z.string().nullable().describe("UTC day, YYYY-MM-DD; null for rows of times that have no day of their own"),
  why: z
    .enum(["age", "disk", "rule"])
    .describe("age: the whole day is too old; disk: the database is larger than it may be; rule: of a project or kind"),
  bytes: z.number().int().describe("given back to the disk; 0 for single rows, whose place is used again"),
  rows: z.number().int().describe("where rows went one by one"),
});
export type Sweep = z.infer<typeof sweepSchema>;

export const storageViewSchema = z.object({
  total_bytes: z.number().int().describe("of the whole database"),
  disk_max_bytes: z.number().nullable(),
  keep: z.object({ records_ms: z.number(), bodies_ms: z.number() }),
  days: z
    .array(
      z.object({
        day: z.string().describe("UTC, YYYY-MM-DD"),
        records_bytes: z.number().int(),
        bodies_bytes: z.number().int().describe("0 where they are gone"),
      }),
    )
    .describe("oldest first, indexes included"),
  sweeps: z.array(sweepSchema).describe("what went lately, newest first"),
});
export type StorageView = z.infer<typeof storageViewSchema>;

export const retentionContract = {
  storage: oc
    .route({ method: "GET", path: "/storage", summary: "What lies on disk, and what went", tags: ["Records"] })
    .output(storageViewSchema),
};
