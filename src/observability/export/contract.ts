// How exports are doing, as the API shows it.
import { oc } from "@orpc/contract";
import { z } from "zod";

export const exportStateSchema = z.object({
  url: z.string().describe("without credentials"),
  protocol: z.string(),
  signals: z.array(z.string()),
  queued: z.number().int().describe("calls that wait to be sent"),
  sent: z.number().int().describe("calls since the process started, as is what follows"),
  dropped: z.number().int().describe("calls that found no room, or could not be sent in time"),
  rejected: z.number().int().describe("spans that the other side did not take"),
  last_error: z.string().nullable(),
});
export type ExportState = z.infer<typeof exportStateSchema>;

export const exportsContract = oc
  .route({
    method: "GET",
    path: "/exports",
    summary: "Where calls are exported to by OpenTelemetry, and how that goes; of the process that is asked",
    tags: ["Boundary"],
  })
  .output(z.object({ exports: z.array(exportStateSchema) }));
