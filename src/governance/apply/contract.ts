// A whole state as one file says it: what would change, changing it, and the present state in the same form.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { organisationWish } from "../directory/contract.ts";

/** `{ teams: { core: { budgets: [...] } } }`: sections, and in each what is named by name. */
const stateSchema = z
  // What stands in the sections is checked entry by entry, in small steps: a file may be of many thousands.
  .record(z.string(), z.unknown())
  .describe(
    "users, teams, projects and keys, each by name, and of the installation's own also organisations; sections that are left out are left alone",
  );
export type State = z.output<typeof stateSchema>;
/** What an export gives. */
type Exports = Record<string, Record<string, Readonly<Record<string, unknown>>>>;

export const applySchema = z.strictObject({
  state: stateSchema,
  dry_run: z.boolean().default(false).describe("say what would change, and change nothing"),
  prune: z.boolean().default(false).describe("remove what is not in the sections given; keys are revoked"),
  if_revision: z.number().int().optional().describe("of the plan that was agreed to; refused when it holds no more"),
  organisation: organisationWish,
});
export type Apply = z.output<typeof applySchema>;

export const plannedChangeSchema = z.object({
  section: z.string(),
  name: z.string(),
  action: z
    .enum(["create", "change", "remove", "leave"])
    .describe("leave: it is not in the file, and stays because nothing is pruned or for the reason given"),
  reason: z.string().optional(),
  fields: z
    .array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() }))
    .describe("field by field; of a new one, those that are not as by default"),
});
export type PlannedChange = z.output<typeof plannedChangeSchema>;

const count = z.number().int();
/** A plan may be of many thousands; nobody reads that many, and calls would wait while they are written out. */
export const CHANGES_TOLD_MAX = 500;

export const appliedSchema = z.object({
  dry_run: z.boolean(),
  revision: z.number().int().describe("of the state that the plan was made for; after applying, of the new one"),
  counts: z.object({ create: count, change: count, remove: count, leave: count, unchanged: count }),
  changes: z.array(plannedChangeSchema).describe(`the first ${CHANGES_TOLD_MAX}; the counts are of all`),
  secrets: z
    .record(z.string(), z.record(z.string(), z.string()))
    .describe("of keys that were created, by section and name; shown this once"),
});
export type Applied = z.output<typeof appliedSchema>;

export const exportedSchema = z.object({
  state: stateSchema,
  revision: z.number().int(),
  left_out: z
    .array(z.object({ section: z.string(), name: z.string(), reason: z.string() }))
    .describe("what a file cannot tell, such as keys that share a name"),
});
export type Exported = Omit<z.output<typeof exportedSchema>, "state"> & { state: Exports };

const tags = ["Apply"];

export const applyContract = {
  apply: oc
    .route({
      method: "POST",
      path: "/apply",
      summary: "Make users, teams, projects and keys as a file says, in one transaction",
      tags,
    })
    .input(applySchema)
    .output(appliedSchema),
  export: oc
    .route({ method: "GET", path: "/export", summary: "Users, teams, projects and keys, as a file to apply", tags })
    .input(z.object({ organisation: organisationWish }).prefault({}))
    .output(exportedSchema),
};
