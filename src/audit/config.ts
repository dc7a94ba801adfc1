// The `audit` branch of the config tree: how entries are gathered and numbered, and what is told to whom.
import { z } from "zod";
import { byteSize, duration, secretRef } from "../kernel/index.ts";

const notesSchema = z.strictObject({
  waiting_max: z
    .number()
    .int()
    .min(10)
    .max(1_000_000)
    .default(10_000)
    .describe(
      "entries that wait to be written; what may not happen unseen is refused above it, the rest becomes a gap",
    ),
  together_max: z.number().int().min(1).max(10_000).default(500).describe("entries in one transaction"),
  gather: duration().default(5).describe("how long an entry waits for others that are written with it"),
  refusals_per_minute_max: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(600)
    .describe("of each process; what is refused beyond it is counted, and told as a gap"),
  gap_interval: duration().default(10_000).describe("between two entries that tell of gaps"),
  retry: duration().default(1000).describe("before what could not be written is tried again"),
});

const sequencerSchema = z.strictObject({
  interval: duration().default(500).describe("between two looks for entries that have no place in the tree yet"),
  batch_max: z.number().int().min(1).max(20_000).default(2048).describe("entries in one transaction"),
  check_interval: duration()
    .default(10_000)
    .describe("how often the tree is held against what was signed while nothing new comes"),
  late: duration()
    .default(600_000)
    .describe("an entry that says it is older than the one before it by more than this is told of by `audit verify`"),
});

const signingSchema = z.strictObject({
  key: secretRef()
    .optional()
    .describe(
      "an Ed25519 private key in PEM; by default one is made in the data folder. Several machines need the same",
    ),
  previous_key: secretRef().optional().describe("the one before it, which signs too, so that its followers can follow"),
});

const witnessSchema = z.strictObject({
  url: z.url().max(2000).describe("its submission prefix: `/add-checkpoint` is added to it"),
  key: z.string().max(300).describe("its key as C2SP writes it: name+id+base64"),
});

const receiverName = () => z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);

const syslogSchema = z.strictObject({
  kind: z.literal("syslog"),
  name: receiverName(),
  host: z.string().min(1).max(253),
  port: z.number().int().min(1).max(65_535).default(6514),
  transport: z.enum(["tls", "tcp", "udp"]).default("tls"),
  ca: secretRef()
    .optional()
    .describe("PEM of who signed the receiver's certificate, where the system does not know it"),
  format: z.enum(["cef", "ocsf"]).default("cef"),
});

const httpSchema = z.strictObject({
  kind: z.literal("http"),
  name: receiverName(),
  url: z.url().max(2000),
  token: secretRef().optional().describe("shown as `Authorization: Bearer`"),
  format: z.enum(["cef", "ocsf"]).default("ocsf"),
});

const receiverSchema = z.discriminatedUnion("kind", [syslogSchema, httpSchema]);
export type ReceiverConfig = z.output<typeof receiverSchema>;

const sendingSchema = z.strictObject({
  interval: duration().default(1000).describe("between two looks for entries that were not sent yet"),
  together_max: z.number().int().min(1).max(1000).default(200).describe("entries sent at once"),
  timeout: duration().default(10_000).describe("for one sending"),
  retry_max: duration().default(60_000).describe("the longest wait after one that failed"),
});

const DAY_MS = 86_400_000;

export const auditConfigSchema = z
  .strictObject({
    details_bytes_max: byteSize()
      .default(16 * 1024)
      .describe("of one entry, up to 48 KiB; longer details are told by their size and hash"),
    notes: notesSchema.prefault({}),
    executions: z
      .strictObject({
        enabled: z
          .boolean()
          .default(true)
          .describe("calls too: one entry for those that come together, made of their records"),
        interval: duration().default(1000).describe("between two looks for calls that came to their record"),
        keep: duration()
          .refine((ms) => ms >= DAY_MS, "at least 1d")
          .optional()
          .describe(
            "how long each call can be shown and proven; then its batch's entry stays alone. By default for ever",
          ),
      })
      .prefault({}),
    origin: z
      .string()
      .regex(/^[a-z0-9.-]+(?:\/[a-z0-9._~-]+)*$/)
      .max(200)
      .optional()
      .describe("what the tree is called in checkpoints, before its number; by default made of the installation's id"),
    sequencer: sequencerSchema.prefault({}),
    signing: signingSchema.prefault({}),
    receivers: z
      .array(receiverSchema)
      .max(8)
      .default([])
      .describe("who is told of each entry that has its place: a SIEM, by syslog (RFC 5424) or HTTP"),
    sending: sendingSchema.prefault({}),
    witnesses: z.array(witnessSchema).max(8).default([]).describe("who co-signs checkpoints (C2SP tlog-witness)"),
    witness_timeout: duration().default(5000).describe("for a witness's answer"),
  })
  .prefault({});

export type AuditConfig = z.output<typeof auditConfigSchema>;
