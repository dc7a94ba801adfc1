// The `identity.sessions` branch: how long sessions last, and how many there may be.
import { z } from "zod";
import { duration } from "../../kernel/index.ts";

export const sessionsConfigSchema = z
  .strictObject({
    idle: duration()
      .default(4 * 3_600_000)
      .describe("a session that is not used for so long ends; governance.session_lifetime is the longest in any case"),
    seen_every: duration().default(60_000).describe("how often it is written down that a session is in use"),
    believed_for: duration()
      .default(400)
      .describe("how long a session is believed before it is asked for again: what is revoked ends within this time"),
    stale_for: duration().default(300_000).describe("how long a known session is believed while PostgreSQL is away"),
    known_max: z
      .number()
      .int()
      .min(1)
      .max(1_000_000)
      .default(10_000)
      .describe("sessions that a process keeps in memory"),
    per_person_max: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(20)
      .describe("sessions that one person, or one key, may have; a further sign-in ends the oldest"),
  })
  .prefault({});

export type SessionsConfig = z.output<typeof sessionsConfigSchema>;
