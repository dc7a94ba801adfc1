// What a route expects of the answers given under its name: that they are JSON, of a shape.
import { type Schema, Validator } from "@cfworker/json-schema";
import { z } from "zod";

export const REPAIRS_MAX = 5;

/** As far as can be told without an answer. */
function leadsSomewhere(schema: Record<string, unknown>): boolean {
  try {
    new Validator(schema as Schema).validate({});
    return true;
  } catch {
    return false;
  }
}

export const validationSchema = z.strictObject({
  schema: z
    .union(
      [
        z.literal("from_request", "write from_request, or a JSON schema"),
        z.record(z.string(), z.unknown()).refine(leadsSomewhere, "its references lead nowhere, or in a circle"),
      ],
      "write from_request, or a JSON schema",
    )
    .default("from_request")
    .describe("from_request: what the request's own response format says, where it says anything; or a JSON schema"),
  repairs_max: z
    .number()
    .int()
    .min(0)
    .max(REPAIRS_MAX)
    .default(1)
    .describe("how often the same target is asked again for an answer that does not hold"),
  on_invalid: z
    .enum(["fail", "pass"])
    .default("fail")
    .describe("fail: the caller gets an error; pass: the answer, and a header that says so"),
});
export type ValidationConfig = z.output<typeof validationSchema>;
