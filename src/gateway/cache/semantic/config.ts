// The `gateway.cache.semantic` branch of the config: answers to questions that are only alike.
import { z } from "zod";

const share = z.number().min(0).max(1);

export const semanticConfigSchema = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe("give an answer to a question that is only alike, too; embedding.model says what makes them vectors"),
    routes: z
      .array(z.string().min(1).max(200))
      .max(10_000)
      .optional()
      .describe(
        "routes and models that this goes for, among those of gateway.cache.routes; where left out, all of them",
      ),
    threshold: share
      .default(0.97)
      .describe("how near a question must be, from 0 to 1; below it no answer is given, whatever error_bound says"),
    wording: z
      .enum(["close", "free"])
      .default("close")
      .describe(
        "close: only small words and endings may differ; free: any, as long as no other guard tells the two apart",
      ),
    error_bound: share
      .optional()
      .describe("the share of wrong answers that is borne: none is given until what was judged shows that it holds"),
    sample_share: share
      .default(0.05)
      .describe(
        "of the calls that could be given one, how many ask the model all the same, so that the two can be compared",
      ),
    same_answer_at: share
      .default(0.9)
      .describe("how near two answers must be to be taken for the same, when they are compared"),
    entries_max: z
      .number()
      .int()
      .min(1)
      .max(1_000_000)
      .default(10_000)
      .describe("questions in this process's memory, about 6 KB each; those used least lately go first"),
    group_entries_max: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .default(500)
      .describe("questions that one is compared with, of those alike in all else; about 0.5 µs each"),
  })
  .prefault({});

export type SemanticConfig = z.output<typeof semanticConfigSchema>;
