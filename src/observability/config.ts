// The `observability` branch of the config.
import { z } from "zod";
import { boundaryConfigSchema } from "./boundary/config.ts";

export const observabilityConfigSchema = z
  .strictObject({
    boundary: boundaryConfigSchema,
  })
  .prefault({});

export type ObservabilityConfig = z.output<typeof observabilityConfigSchema>;
