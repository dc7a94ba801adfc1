// The `policy` branch of the config: where policies come from, and the bounds of what is kept of them.
import { z } from "zod";
import { byteSize, duration } from "../kernel/index.ts";

export const policyConfigSchema = z
  .strictObject({
    folder: z
      .string()
      .min(1)
      .optional()
      .describe("with *.cedar files: the installation's own policies; left out, they are managed by API"),
    two_persons: z
      .boolean()
      .default(false)
      .describe("a version needs the approval of somebody else than who proposed it"),
    changes_interval: duration()
      .default(500)
      .describe("how often it is looked whether another process has activated other policies"),
    files_max: z.number().int().min(1).max(1000).default(200).describe("of one version"),
    policies_max: z.number().int().min(1).default(2000).describe("of one version, the shipped ones aside"),
    text_bytes_max: byteSize()
      .default(1024 * 1024)
      .describe("of all files of one version"),
    cases_max: z.number().int().min(1).max(10_000).default(1000).describe("example cases of one version"),
    versions_max: z.number().int().min(1).max(100_000).default(1000).describe("that are kept, the newest"),
    decisions_max: z
      .number()
      .int()
      .min(1)
      .default(50_000)
      .describe("decisions that are kept for the next such question"),
    subjects_acted_for_max: z
      .number()
      .int()
      .min(1)
      .default(8)
      .describe("how many may act for each other in a row, before it is a no"),
    dry_run_calls_max: z
      .number()
      .int()
      .min(1)
      .default(20_000)
      .describe("calls that a dry run looks at, the newest first"),
  })
  .prefault({});

export type PolicyConfig = z.output<typeof policyConfigSchema>;
