// The `drift` branch of the config tree: how often calls are compared with their baselines, and when a difference is drift. The
// thresholds are those that gave few false alarms on traffic without change; docs/guide/drift.md has the table.
import { z } from "zod";
import { duration } from "../kernel/index.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const share = () => z.number().min(0).max(1);

const windowSchema = z.strictObject({
  hours: z.number().int().min(1).max(168).describe("so many, and the running one"),
  samples_min: z.number().int().min(10).max(1_000_000).describe("a figure with fewer values is not compared"),
});

const thresholdsSchema = z.strictObject({
  p_max: share().default(1e-4).describe("a difference that chance alone makes more often than this is none"),
  calls_alike: z
    .number()
    .min(1)
    .max(1000)
    .default(3)
    .describe("so many calls count as one for what chance can do: those of one conversation are alike"),
  own_noise_factor: z
    .number()
    .min(0)
    .max(10)
    .default(1.5)
    .describe(
      "a difference must be so many times the greatest that the baseline's own hours or days have; 0 ignores those",
    ),
  ks_min: share().default(0.1).describe("Kolmogorov–Smirnov: greatest distance of the distribution functions"),
  wasserstein_min: z
    .number()
    .min(0)
    .max(10)
    .default(0.1)
    .describe("how far values have moved, as a share of themselves"),
  psi_min: z.number().min(0).max(10).default(0.1).describe("population stability index of the deciles"),
  jensen_shannon_min: share().default(0.1).describe("distance of words, and of deciles"),
  mix_min: share().default(0.05).describe("share of calls that end otherwise than before"),
  share_min: share().default(0.02).describe("difference of the share of refusals, tool calls or failures"),
  centroid_min: z.number().min(0).max(10).default(0.25).describe("distance of mean meanings, in deviations of texts"),
});

const streamsSchema = z.strictObject({
  page_hinkley: z
    .strictObject({
      delta: z.number().min(0).max(10).default(0.5).describe("let pass, in deviations of single hours"),
      threshold: z.number().min(0).max(1000).default(25),
    })
    .prefault({}),
  adwin: z.strictObject({ delta: share().default(1e-4).describe("the smaller, the fewer false alarms") }).prefault({}),
  cusum: z
    .strictObject({
      slack: z.number().min(0).max(10).default(1).describe("let pass, in deviations of single hours"),
      limit: z.number().min(0).max(1000).default(15),
    })
    .prefault({}),
  alarms: z
    .array(z.enum(["page_hinkley", "adwin", "cusum"]))
    .max(3)
    .default(["cusum"])
    .describe("which of them make findings"),
  hold: duration().default(DAY_MS).describe("how long such a finding stays open after the change"),
});

const erosionSchema = z.strictObject({
  p_max: share().default(1e-3).describe("of all profiles' trends together, adjusted for several figures"),
  profiles_min: z.number().int().min(2).max(1000).default(3).describe("that have a trend at all"),
  days_min: z.number().int().min(5).max(365).default(7).describe("since a baseline began, before there is a trend"),
  hours_a_day_min: z.number().int().min(1).max(24).default(6).describe("of a day, to be counted as one"),
  change_min: share().default(0.015).describe("what the middle profile must have lost, as a share"),
  share_change_min: share().default(0.005).describe("the same of failures and refusals, in shares of calls"),
  contributors_q: share().default(0.1).describe("false discoveries among the profiles that are named"),
});

const baselineSchema = z.strictObject({
  automatic: z
    .boolean()
    .default(true)
    .describe("a profile's first calls become its baseline, if nobody has chosen one"),
  after: duration()
    .default(7 * DAY_MS)
    .describe("how long a profile must have been seen"),
  calls_min: z.number().int().min(20).max(1_000_000).default(1000).describe("of every baseline"),
});

const embeddingSchema = z.strictObject({
  enabled: z.boolean().default(false).describe("compare the meaning of answers, by the model of `embedding`"),
  texts_max: z.number().int().min(1).max(1000).default(20).describe("of one profile, in one look"),
});

export const driftConfigSchema = z
  .strictObject({
    enabled: z.boolean().default(true).describe("compare calls with baselines at all"),
    interval: duration().default(300_000).describe("between two looks"),
    settle: duration().default(60_000).describe("records that come later than this are not looked at"),
    records_max: z.number().int().min(10).max(100_000).default(200).describe("of one profile, in one look, by lot"),
    profiles_max: z.number().int().min(1).max(10_000).default(200).describe("the first that are seen"),
    look_back: duration().default(DAY_MS).describe("how much of an older record the first look takes in"),
    looks_max: z.number().int().min(1).max(10_000).default(200).describe("hours that are made up for at a time"),
    keep: duration()
      .default(42 * DAY_MS)
      .describe("hours of profiles; erosion is seen no longer back"),
    windows: z
      .array(windowSchema)
      .min(1)
      .max(4)
      .default([
        { hours: 4, samples_min: 100 },
        { hours: 24, samples_min: 200 },
      ])
      .describe("what is compared with the baseline: the short one finds what is large, the long one what is small"),
    confirm_looks: z
      .number()
      .int()
      .min(1)
      .max(100)
      .default(3)
      .describe("in a row with drift, before there is a finding"),
    clear_looks: z.number().int().min(1).max(1000).default(12).describe("in a row without, before it is closed"),
    findings_max: z
      .number()
      .int()
      .min(10)
      .max(1_000_000)
      .default(10_000)
      .describe("kept; the oldest closed ones go first"),
    baseline: baselineSchema.prefault({}),
    thresholds: thresholdsSchema.prefault({}),
    alarms: z
      .array(z.enum(["ks", "wasserstein", "psi", "chi_square", "jensen_shannon", "centroid"]))
      .max(6)
      .default(["wasserstein", "chi_square", "jensen_shannon", "centroid"])
      .describe("detectors that make findings; the others are told beside them"),
    streams: streamsSchema.prefault({}),
    erosion: erosionSchema.prefault({}),
    embedding: embeddingSchema.prefault({}),
  })
  .prefault({});

export type DriftConfig = z.output<typeof driftConfigSchema>;
