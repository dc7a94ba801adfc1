// The `observability` branch of the config.
import { z } from "zod";
import { boundaryConfigSchema } from "./boundary/config.ts";
import { exportsSchema } from "./export/config.ts";

export const observabilityConfigSchema = z
  .strictObject({
    boundary: boundaryConfigSchema,
    export: exportsSchema.describe("places that take our own calls as OpenTelemetry spans and metrics"),
  })
  .prefault({});

export type ObservabilityConfig = z.output<typeof observabilityConfigSchema>;
