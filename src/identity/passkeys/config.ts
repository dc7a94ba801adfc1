// The `identity.passkeys` branch.
import { z } from "zod";
import { duration } from "../../kernel/index.ts";

export const passkeysConfigSchema = z
  .strictObject({
    enabled: z.boolean().default(true).describe("whether people may sign in by passkey"),
    per_person_max: z.number().int().min(1).max(100).default(10).describe("passkeys that one person may have"),
    challenge_lifetime: duration().default(300_000).describe("how long a browser may take to answer"),
  })
  .prefault({});

export type PasskeysConfig = z.output<typeof passkeysConfigSchema>;
