// Judgements of a record as they are given here, by people and by applications for theirs, and as they are shown: those
// that other programs reported stand among them.
import { oc } from "@orpc/contract";
import { z } from "zod";

const NAME_MAX = 100;
const LABEL_MAX = 200;
const COMMENT_MAX = 4000;
/** Neither control characters nor half surrogate pairs. */
const ONE_LINE = /^[^\p{Cc}\p{Cs}]*$/u;
const LINES = /^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u;

const lineOf = (max: number) =>
  z.string().trim().min(1).max(max).regex(ONE_LINE, "one line of text, without control characters");

const said = {
  name: lineOf(NAME_MAX).describe("what is judged: `helpful`, `thumb`"),
  user: lineOf(LABEL_MAX)
    .optional()
    .describe(
      "in whose name an application says it, as `x-binnacle-user` on calls; a key that has a user keeps its own",
    ),
};

export const giveScoreSchema = z.object({
  id: z.string().describe("of the record that is judged"),
  ...said,
  value: z.number().optional().describe("any number; of a thumb 1 or 0"),
  label: lineOf(LABEL_MAX).optional().describe("in place of a value, or beside it"),
  comment: z
    .string()
    .trim()
    .max(COMMENT_MAX)
    .regex(LINES, "text, without control characters")
    .optional()
    .describe("why"),
});
export type GiveScore = z.infer<typeof giveScoreSchema>;

export const takeBackScoreSchema = z.object({ id: z.string(), ...said });
export type TakeBackScore = z.infer<typeof takeBackScoreSchema>;

export const scoreSchema = z.object({
  id: z.string().describe("of the record that it is itself, of kind score"),
  name: z.string(),
  value: z.number().nullable(),
  label: z.string().nullable(),
  comment: z.string().nullable().describe("why; null also for those who may not read texts"),
  at_ms: z.number().describe("when it was said"),
  source: z.enum(["otlp", "api"]).describe("otlp: another program reported it; api: it was given here"),
  by: z.object({
    key_id: z.string(),
    key_name: z.string(),
    user: z.string().nullable(),
    team: z.string().nullable(),
  }),
  is_own: z.boolean().describe("whoever asks gave it, here: under the same name they may replace it and take it back"),
});
export type ScoreView = z.infer<typeof scoreSchema>;

export const scoreQuerySchema = z.object({
  id: z.string(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional().describe("next_cursor of the page before"),
});
export type ScoreQuery = z.infer<typeof scoreQuerySchema>;

export const scorePageSchema = z.object({
  scores: z.array(scoreSchema).describe("the latest word of each under each name"),
  next_cursor: z.string().nullable(),
  may_score: z.boolean().describe("whether whoever asks may score this record"),
});
export type ScorePage = z.infer<typeof scorePageSchema>;

const tags = ["Records"];
const path = "/records/{id}/scores";

export const scoresContract = {
  list: oc
    .route({ method: "GET", path, summary: "The scores of a record, newest first", tags })
    .input(scoreQuerySchema)
    .output(scorePageSchema),
  create: oc
    .route({
      method: "POST",
      path,
      summary: "Score a record; what one said under that name before is replaced",
      tags,
    })
    .input(giveScoreSchema)
    .output(scoreSchema),
  delete: oc
    .route({ method: "DELETE", path: `${path}/{name}`, summary: "Take one's own score of a record back", tags })
    .input(takeBackScoreSchema)
    .output(z.object({ deleted: z.string().describe("the name") })),
};
