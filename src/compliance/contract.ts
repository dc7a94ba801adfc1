// Compliance reports on the wire: frameworks, their controls, and the evidence that was found for each. A report says what the
// evidence shows; whether that is enough is for a person to say.
import { oc } from "@orpc/contract";
import { z } from "zod";

export const findings = ["met", "not_met", "no_data", "for_a_person"] as const;
export type Finding = (typeof findings)[number];

const sourceSchema = z.object({ name: z.string(), url: z.string() });

export const frameworkDateSchema = z.object({
  date: z.string().describe("YYYY-MM-DD"),
  what: z.string(),
  source: sourceSchema,
});

export const controlSchema = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string().describe("what it asks for, in our words; the source has its own"),
  source: sourceSchema,
  evidence: z.array(z.string()).describe("ids of the evidence that answers it"),
});
export type Control = z.infer<typeof controlSchema>;

export const frameworkSchema = z.object({
  id: z.string(),
  title: z.string(),
  about: z.string(),
  edition: z.string(),
  known_at: z.string().describe("YYYY-MM-DD: what stands here was known on that day; it may have changed since"),
  dates: z.array(frameworkDateSchema),
  controls: z.array(controlSchema),
});
export type FrameworkView = z.infer<typeof frameworkSchema>;

const cell = z.union([z.string(), z.number(), z.null()]);
export type Cell = z.infer<typeof cell>;

export const tableSchema = z.object({
  title: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(cell)),
  is_cut: z.boolean().describe("there are more than are shown"),
});
export type Table = z.infer<typeof tableSchema>;

export const evidenceSchema = z.object({
  id: z.string(),
  title: z.string(),
  expects: z.string().describe("what the finding is about"),
  finding: z.enum(findings).describe("for_a_person: facts are there, and a person has to judge them"),
  says: z.string().describe("what was found, in a sentence"),
  facts: z.array(z.object({ name: z.string(), value: cell })),
  tables: z.array(tableSchema),
  links: z.array(z.object({ title: z.string(), path: z.string() })).describe("where the same can be seen whole"),
  query: z.string().describe("what to ask the API for to have this evidence again"),
});
export type Evidence = z.infer<typeof evidenceSchema>;

const countsSchema = z.object({
  met: z.number().int(),
  not_met: z.number().int(),
  no_data: z.number().int(),
  for_a_person: z.number().int(),
});

export const reportSchema = z.object({
  framework: frameworkSchema,
  since_ms: z.number().int(),
  until_ms: z.number().int(),
  made_at_ms: z.number().int(),
  made_by: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  version: z.string().describe("of Binnacle"),
  caveat: z.string(),
  counts: countsSchema.describe("pieces of evidence by finding"),
  evidence: z.array(evidenceSchema),
  sha256: z.string().describe("of this report as RFC 8785 JSON without this field, hex; its audit entry has it too"),
});
export type Report = z.infer<typeof reportSchema>;

const tags = ["Compliance"];
const time = () => z.coerce.number().int().min(0).max(8.64e15).optional();
const period = {
  since_ms: time().describe("by default compliance.period before the end"),
  until_ms: time().describe("exclusive; by default now"),
};
const name = z.string().min(1).max(100);

/** The same for what is answered as JSON and what is answered as a page. */
export const reportQuerySchema = z.strictObject({
  framework: name,
  ...period,
  format: z.enum(["json", "html"]).default("json").describe("html: one page, to be read, printed or sent on"),
});

export const complianceContract = {
  frameworks: oc
    .route({ method: "GET", path: "/compliance/frameworks", summary: "Frameworks that can be reported on", tags })
    .output(z.object({ frameworks: z.array(frameworkSchema) })),
  report: oc
    .route({
      method: "GET",
      path: "/compliance/reports/{framework}",
      summary: "What the evidence of a time shows for each control of a framework; its making is on the audit trail",
      tags,
    })
    .input(reportQuerySchema)
    .output(reportSchema),
  evidence: oc
    .route({ method: "GET", path: "/compliance/evidence/{id}", summary: "One piece of evidence", tags })
    .input(z.strictObject({ id: name, ...period }))
    .output(evidenceSchema),
};
