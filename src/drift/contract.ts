// Profiles, baselines and findings as they stand on the wire.
import { oc } from "@orpc/contract";
import { z } from "zod";

const name = z.string().min(1).max(256);
const profile = z.object({
  model: name.describe("as callers name it"),
  route: name.nullable(),
  prompt: name.nullable().describe("with its version, as in greeting@v2"),
});
export type Profile = z.infer<typeof profile>;

/** What a figure of some calls is like; what does not apply is null. */
const figuresSchema = z.object({
  samples: z.number().int(),
  p50: z.number().nullable().describe("within 2.5 %"),
  p95: z.number().nullable(),
  share: z.number().nullable().describe("of calls that do it"),
  counts: z.record(z.string(), z.number().int()).nullable().describe("by kind, the most frequent ones"),
});
export type Figures = z.infer<typeof figuresSchema>;

export const findingKinds = ["distribution", "stream", "version", "erosion"] as const;

const measureSchema = z.object({
  detector: z.string(),
  window_hours: z.number().int(),
  effect: z.number(),
  threshold: z.number().describe("what the effect had to come to"),
  p: z.number().describe("of such an effect by chance alone"),
  drift: z.boolean().describe("chance is unlikely, and the effect is large enough"),
});

const changeSchema = z.object({
  detector: z.string(),
  hour_ms: z.number().int().describe("the hour that told of it"),
  level: z.number().describe("of the last hours, in deviations of single hours"),
});

const erodedSchema = profile.extend({
  slope: z.number().describe("a day: as a share for sizes, in shares of calls for refusals and failures"),
  slope_low: z.number().describe("95 % interval"),
  slope_high: z.number(),
  change: z.number().describe("since its first day"),
  days: z.number().int(),
  p: z.number(),
  q: z.number().describe("adjusted for the number of profiles"),
});

const erosionSchema = z.object({
  direction: z.enum(["more", "less"]),
  p: z.number().describe("of all profiles together, adjusted for the number of figures"),
  z: z.number(),
  profiles: z.number().int().describe("that were tested together"),
  change: z.number().describe("of the middle profile, since its first day"),
  cusum: z.number().describe("sum over profiles, in deviations of a day"),
  contributors: z.array(erodedSchema),
});

export const findingSchema = z.object({
  id: z.string(),
  kind: z.enum(findingKinds),
  figure: z.string(),
  profile: profile.nullable().describe("null for erosion over many"),
  state: z.enum(["open", "closed"]),
  since_ms: z.number().int().describe("when what is seen began, at the latest"),
  opened_at_ms: z.number().int(),
  updated_at_ms: z.number().int(),
  closed_at_ms: z.number().int().nullable(),
  evidence: z.object({
    measures: z.array(measureSchema).describe("of the window that shows it the most"),
    before: figuresSchema.nullable(),
    now: figuresSchema.nullable(),
    names: z.array(z.string()).describe("of versions that are new"),
    change: changeSchema.nullable().describe("of a stream"),
    erosion: erosionSchema.nullable(),
  }),
});
export type Finding = z.infer<typeof findingSchema>;
export type Evidence = Finding["evidence"];

export const baselineSchema = z.object({
  id: z.string(),
  profile,
  label: z.string().describe("a release, or whatever it stands for"),
  source: z.enum(["automatic", "chosen"]),
  since_ms: z.number().int(),
  until_ms: z.number().int(),
  calls: z.number().int().describe("that were looked at"),
  made_at_ms: z.number().int(),
  figures: z.record(z.string(), figuresSchema),
});
export type Baseline = z.infer<typeof baselineSchema>;

const profileViewSchema = z.object({
  profile,
  first_ms: z.number().int(),
  last_ms: z.number().int(),
  calls: z.number().int().describe("that were looked at"),
  baseline: z
    .object({ id: z.string(), label: z.string(), since_ms: z.number().int(), until_ms: z.number().int() })
    .nullable()
    .describe("null while too little was seen"),
  open: z.number().int().describe("findings"),
});
export type ProfileView = z.infer<typeof profileViewSchema>;

export const driftStateSchema = z.object({
  enabled: z.boolean(),
  looked_until_ms: z
    .number()
    .int()
    .nullable()
    .describe("records before this were looked at; null before the first look"),
  open: z.number().int().describe("findings"),
  profiles: z.array(profileViewSchema),
});
export type DriftState = z.infer<typeof driftStateSchema>;

export const findingQuerySchema = z.object({
  state: z.enum(["open", "closed"]).optional(),
  since_ms: z.coerce.number().int().optional().describe("opened, changed or closed since then"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(100).optional().describe("next_cursor of the page before"),
});
export type FindingQuery = z.infer<typeof findingQuerySchema>;
export const findingPageSchema = z.object({ findings: z.array(findingSchema), next_cursor: z.string().nullable() });
export type FindingPage = z.infer<typeof findingPageSchema>;

export const putBaselineSchema = z.strictObject({
  model: name,
  route: name.nullable().optional().describe("where left out, the profile of this model that has the most calls"),
  prompt: name.nullable().optional(),
  label: z.string().min(1).max(200).default("chosen"),
  since_ms: z.number().int().min(0).optional().describe("by default as long as hours of the profile are kept"),
  until_ms: z.number().int().min(0).optional().describe("by default now"),
});
export type PutBaseline = z.infer<typeof putBaselineSchema>;

const tags = ["Drift"];
const byId = z.object({ id: z.string().max(100) });

export const driftContract = {
  state: oc
    .route({ method: "GET", path: "/drift", summary: "Profiles that are watched for drift", tags })
    .output(driftStateSchema),
  findings: oc
    .route({ method: "GET", path: "/drift/findings", summary: "What drifts, or did; newest first", tags })
    .input(findingQuerySchema)
    .output(findingPageSchema),
  finding: oc
    .route({ method: "GET", path: "/drift/findings/{id}", summary: "One finding, with its evidence", tags })
    .input(byId)
    .output(findingSchema),
  baselines: {
    list: oc
      .route({ method: "GET", path: "/drift/baselines", summary: "What calls are compared with", tags })
      .output(z.object({ baselines: z.array(baselineSchema) })),
    put: oc
      .route({
        method: "PUT",
        path: "/drift/baselines",
        summary: "Compare a profile with its calls of this time from now on",
        tags,
      })
      .input(putBaselineSchema)
      .output(baselineSchema),
    delete: oc
      .route({
        method: "DELETE",
        path: "/drift/baselines/{id}",
        summary: "Take a baseline away; an automatic one follows when enough was seen",
        tags,
      })
      .input(byId)
      .output(z.object({ deleted: z.string() })),
  },
};
