// The `guardrails.detectors` branch of the config tree: what texts are looked through for, and how sure a find must be. Which of them
// look at which side of a call, and what follows, is the pipeline's part.
import { z } from "zod";
import { categories } from "./content/category-words.ts";
import { codeLanguages } from "./policies/code.ts";
import { knownLanguages } from "./policies/language.ts";
import { problemOfPattern } from "./policies/patterns.ts";

const score = (usual: number) => z.number().min(0).max(1).default(usual);

const name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, "a name has small letters, digits and `_`");
const words = (most: number) => z.array(z.string().min(1).max(200)).max(most);

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

export const nameKinds = ["person", "address", "age", "nationality", "date", "url", "postal_code", "driving_licence", "passport"] as const; // prettier-ignore

const namesSchema = z.strictObject({
  kinds: z
    .array(z.enum(nameKinds))
    .max(nameKinds.length)
    .default([...nameKinds])
    .describe("what is looked for"),
  score_min: score(0.5).describe("a find that is less sure is not told"),
});

const category = z.enum(categories);
const contentSchema = z.strictObject({
  categories: z
    .array(category)
    .max(categories.length)
    .default([...categories])
    .describe("what `content` looks for"),
  child_safe_categories: z
    .array(category)
    .max(categories.length)
    .default([...categories])
    .describe("what `child_safe` looks for, where one weak word is enough"),
  words: z
    .array(z.strictObject({ category, words: words(1000).min(1) }))
    .max(100)
    .default([])
    .describe("your own besides ours: each says its category alone; `kill(s|ed)` stands for three words"),
});

const topicSchema = z.strictObject({
  name: name.describe("what findings call it"),
  mode: z.enum(["deny", "allow"]).default("deny").describe("allow: a text that speaks of none of these is found"),
  words: words(1000).default([]).describe("words and phrases that speak of it"),
  examples: words(100).default([]).describe("texts that are near to it in meaning, where an embedder is at hand"),
});

const host = z.string().regex(/^[a-z0-9.-]{1,253}$/, "a host has small letters, digits, points and dashes");
const linksSchema = z.strictObject({
  allow: z.array(host).max(1000).default([]).describe("hosts, with all below them; empty: all that are not denied"),
  deny: z.array(host).max(1000).default([]),
  image_path_max: z.number().int().min(8).max(4000).default(120).describe("characters after the host of an image"),
});

const codeSchema = z.strictObject({
  allow: z
    .array(z.enum(codeLanguages))
    .max(codeLanguages.length)
    .default([])
    .describe("empty: all that are not denied"),
  deny: z.array(z.enum(codeLanguages)).max(codeLanguages.length).default([]),
});

const patternSchema = z.strictObject({
  name: name.describe("what findings call it"),
  kind: name.default("pattern").describe("the kind of its findings"),
  pattern: z
    .string()
    .min(1)
    .max(2000)
    .superRefine((pattern, context) => {
      const problem = problemOfPattern(pattern);
      if (problem !== undefined) context.addIssue({ code: "custom", message: `is not a pattern of RE2: ${problem}` });
    })
    .describe("in the syntax of RE2: no look-around, no back references, and never slow"),
  ignore_case: z.boolean().default(false),
  score: score(0.9),
  length_max: z
    .number()
    .int()
    .min(1)
    .max(4096)
    .default(128)
    .describe("how long a match can be: so much of a stream waits"),
});

export const detectorsConfigSchema = z.strictObject({
  pii: piiSchema.prefault({}),
  names: namesSchema.prefault({}),
  secrets: secretsSchema.prefault({}),
  injection: injectionSchema.prefault({}),
  content: contentSchema.prefault({}),
  topics: z.array(topicSchema).max(100).default([]).describe("what may be spoken of, and what not"),
  links: linksSchema.optional().describe("which hosts may appear; absent: all"),
  code: codeSchema.optional().describe("which programming languages may appear; absent: all"),
  languages: z
    .array(z.enum(knownLanguages))
    .max(knownLanguages.length)
    .default([])
    .describe("that may appear; empty: all"),
  patterns: z.array(patternSchema).max(200).default([]).describe("your own, found in time proportional to the text"),
});
export type DetectorsConfig = z.output<typeof detectorsConfigSchema>;
