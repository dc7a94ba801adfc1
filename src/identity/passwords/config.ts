// The `identity.passwords` branch: how passwords are kept, and how often one may be tried.
import { z } from "zod";
import { duration } from "../../kernel/index.ts";

export const passwordsConfigSchema = z
  .strictObject({
    enabled: z.boolean().default(true).describe("whether people may sign in by password"),
    length_min: z.number().int().min(8).max(100).default(12).describe("the shortest password that may be set"),
    memory_kib: z
      .number()
      .int()
      .min(1024)
      .max(1_048_576)
      .default(19_456)
      .describe("memory that argon2id takes for one"),
    passes: z.number().int().min(1).max(20).default(2).describe("how often argon2id goes over that memory"),
    hashes_at_once_max: z.number().int().min(1).max(64).default(2).describe("passwords checked at once by a process"),
    hashes_waiting_max: z.number().int().min(1).max(1000).default(32).describe("those that wait for their turn"),
    tries_max: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(10)
      .describe("wrong passwords for one name from one address, or from one known browser, within the window"),
    tries_per_address_max: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .default(100)
      .describe("wrong passwords for any names from one address within the window; known browsers are exempt"),
    tries_window: duration().default(900_000).describe("how long wrong passwords are counted"),
    invitation_lifetime: duration()
      .default(7 * 86_400_000)
      .describe("how long an invitation may be taken"),
  })
  .prefault({});

export type PasswordsConfig = z.output<typeof passwordsConfigSchema>;
