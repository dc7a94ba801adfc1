// The `approvals` branch of the config tree.
import { z } from "zod";
import { duration, secretRef } from "../kernel/index.ts";

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const name = z.string().min(1).max(200);

const recipient = {
  user: name.describe("in whose name its links decide"),
  roles: z.array(name).max(20).default([]).describe("of that user, as far as links need them"),
  links: z
    .boolean()
    .default(true)
    .describe("with a link that decides, once, for whoever has the message; false: it is only told"),
};

const recipientSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("slack"), url: secretRef().describe("of an incoming webhook"), ...recipient }),
  z.strictObject({ kind: z.literal("webhook"), url: secretRef().describe("takes the message as JSON"), ...recipient }),
  z.strictObject({
    kind: z.literal("email"),
    host: z.string().min(1),
    port: z.number().int().min(1).max(65_535).default(587),
    security: z.enum(["starttls", "tls", "none"]).default("starttls"),
    login: z.string().optional(),
    password: secretRef().optional(),
    from: z.string().min(3),
    to: z.string().min(3),
    ...recipient,
  }),
]);
export type RecipientConfig = z.output<typeof recipientSchema>;

export const autonomyLevels = ["suggest", "approve", "report", "act"] as const;

const autonomyRule = z.strictObject({
  agent: name.default("*").describe("of an agent, a key's name or id; `*` stands for any text"),
  action: name.default("*").describe("of a tool; `*` stands for any text"),
  level: z
    .enum(autonomyLevels)
    .describe("suggest: never done; approve: after an approval; report: done, and told; act: done"),
});

export const approvalsConfigSchema = z
  .strictObject({
    pending_max: z.number().int().min(1).max(100_000).default(1000).describe("approvals that wait at once"),
    approvers: z
      .strictObject({
        roles: z.array(name).max(100).default(["owner", "admin", "reviewer"]),
        users: z.array(name).max(100).default([]),
        needed: z.number().int().min(1).max(20).default(1),
        not_oneself: z.boolean().default(true),
      })
      .prefault({})
      .describe("who decides where whoever asks does not say"),
    deadline: duration().default(DAY_MS).describe("where whoever asks does not say"),
    deadline_max: duration().default(30 * DAY_MS),
    on_silence: z.enum(["refuse", "allow"]).default("refuse").describe("where whoever asks does not say"),
    use_within: duration().default(DAY_MS).describe("how long after it was given an approval may be used"),
    retention: duration()
      .default(90 * DAY_MS)
      .describe("how long what is settled is kept; versions that were approved stay, as they may serve"),
    delegation_max: duration()
      .default(30 * DAY_MS)
      .describe("the longest that somebody may decide for another"),
    interval: duration().default(400).describe("how often those who wait for a decision look, and calls learn of one"),
    sweep_interval: duration().default(SECOND_MS).describe("how often deadlines, escalations and messages are seen to"),
    link_lifetime: duration().default(DAY_MS).describe("how long links in messages decide"),
    notify: z.record(name, recipientSchema).default({}).describe("who is told of what waits for them, by name"),
    notice_tries_max: z.number().int().min(1).max(50).default(8).describe("then a message is given up"),
    notice_timeout: duration().default(10 * SECOND_MS),
    base_url: z.string().optional().describe("of this installation, as approvers reach it; links need it"),
    autonomy: z
      .strictObject({
        rules: z.array(autonomyRule).max(1000).default([]).describe("the first that fits holds"),
        otherwise: z.enum(autonomyLevels).default("act"),
        wait: duration().default(0).describe("how long a call that is no stream waits for its approval"),
      })
      .prefault({})
      .describe("what agents may do by themselves: calls of tools in answers are held against it"),
    gate: z
      .strictObject({
        routes: z
          .array(name)
          .max(1000)
          .default([])
          .describe("names of routes, `*` for any text, whose changes by API serve once their version is approved"),
      })
      .prefault({}),
  })
  .prefault({});

export type ApprovalsConfig = z.output<typeof approvalsConfigSchema>;
