// What a route may leave out of requests before they are sent; nothing unless it is said.
import { z } from "zod";

export const compressionSchema = z.strictObject({
  whitespace: z
    .boolean()
    .default(false)
    .describe(
      "runs of blanks within lines, blanks at their ends and empty lines in a row; code and quoted texts are left",
    ),
  repeated_context: z
    .boolean()
    .default(false)
    .describe(
      "whole lines of 200 characters and more together that stand in an earlier message; a short note takes their place",
    ),
  cached_prefixes: z
    .boolean()
    .default(false)
    .describe("also up to the last mark for a vendor's prompt cache; such texts are sent as they came otherwise"),
});
export type CompressionConfig = z.output<typeof compressionSchema>;
