// The `guardrails.detectors` branch of the config tree: what texts are looked through for, and how sure a find must be. Which of them
// look at which side of a call, and what follows, is the pipeline's part.
import { z } from "zod";

const score = (usual: number) => z.number().min(0).max(1).default(usual);

export const corePiiKinds = ["card", "iban", "national_id", "phone", "email", "ip", "url_credentials", "date_of_birth"] as const; // prettier-ignore

const piiSchema = z.strictObject({
  kinds: z
    .array(z.enum(corePiiKinds))
    .max(corePiiKinds.length)
    .default([...corePiiKinds])
    .describe("what is looked for"),
  regions: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .max(12)
    .default(["GB", "DE", "FR", "IT", "ES", "AU"])
    .describe("countries in whose numbering plans telephone numbers without a country code are sought"),
  score_min: score(0.5).describe("a find that is less sure is not told"),
});

const secretsSchema = z.strictObject({
  score_min: score(0.5).describe("0.4 tells long runs of characters as if by chance, too"),
});

const injectionSchema = z.strictObject({
  score_min: score(0.7).describe("for rules: a phrase that is less sure is not told"),
  direct_min: z
    .number()
    .min(0)
    .max(1.01)
    .default(0.8)
    .describe("for the classifier of what callers send; 1.01 leaves it out"),
  indirect_min: z
    .number()
    .min(0)
    .max(1.01)
    .default(0.8)
    .describe("for the classifier of orders in results of tools and in retrieved text; 1.01 leaves it out"),
});

export const detectorsConfigSchema = z.strictObject({
  pii: piiSchema.prefault({}),
  secrets: secretsSchema.prefault({}),
  injection: injectionSchema.prefault({}),
});
export type DetectorsConfig = z.output<typeof detectorsConfigSchema>;
