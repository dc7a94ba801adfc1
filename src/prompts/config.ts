// The `prompts` branch of the config: messages with blanks, which calls name and fill in. They are taken over while it runs.
import { z } from "zod";
import { parseTemplate } from "./template.ts";

const TEXT_LENGTH_MAX = 1_000_000;

const templateText = z
  .string()
  .min(1)
  .max(TEXT_LENGTH_MAX)
  .superRefine((text, context) => {
    try {
      parseTemplate(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: error instanceof Error ? error.message : "no template" });
    }
  });

const parametersSchema = z.strictObject({
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().min(0).max(1).optional(),
  max_output_tokens: z.number().int().min(1).optional(),
  stop: z.array(z.string().min(1)).min(1).max(16).optional(),
  seed: z.number().int().optional(),
  presence_penalty: z.number().min(-2).max(2).optional(),
  frequency_penalty: z.number().min(-2).max(2).optional(),
  reasoning_effort: z.string().min(1).max(20).optional().describe("how much to think: low, medium, high"),
  response_schema: z.record(z.string(), z.unknown()).optional().describe("a JSON schema that the answer should have"),
});

export const promptSchema = z.strictObject({
  version: z.string().min(1).max(100).optional().describe("a name for how it reads today; a call may insist on it"),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(["system", "developer", "user", "assistant"]),
        content: templateText.describe("text; {{name}} stands for a variable of the call"),
      }),
    )
    .min(1)
    .max(100)
    .describe("they stand before the call's own"),
  model: z.string().min(1).max(200).optional().describe("a route or model, for calls that name none"),
  parameters: parametersSchema.prefault({}).describe("for calls that do not say their own"),
});
export type PromptConfig = z.output<typeof promptSchema>;

export const promptsConfigSchema = z
  .record(z.string().regex(/^[\w.-]{1,100}$/, "a prompt's name has letters, digits, `_`, `.` and `-`"), promptSchema)
  .default({})
  .describe("prompts that calls name and fill in");
export type PromptsConfig = z.output<typeof promptsConfigSchema>;
