// The vault on the wire: its state, the rotation of its keys, erasures with their certificates, and legal holds.
import { oc } from "@orpc/contract";
import { z } from "zod";

const name = z.string().min(1).max(200);

/** Whose data: all that is given must hold, and something must be. */
export const dataSubjectSchema = z
  .strictObject({
    user: name.optional(),
    key: name.optional().describe("a key's id"),
    project: name.optional(),
    organisation: name.optional(),
  })
  .refine((subject) => Object.values(subject).some((value) => value !== undefined), {
    message: "name a user, a key, a project or an organisation",
  });
export type DataSubject = z.infer<typeof dataSubjectSchema>;

export const vaultStateSchema = z.object({
  enabled: z.boolean().describe("whether bodies are sealed from now on; those that are sealed are read in any case"),
  master: z
    .string()
    .nullable()
    .describe("where the master key comes from, never the key; null while nothing was sealed"),
  wrapping_version: z
    .number()
    .int()
    .nullable()
    .describe("of the key that data keys are wrapped with; null without any"),
  keys: z.number().int().describe("data keys that can be used"),
  destroyed_keys: z.number().int(),
  to_rewrap: z.number().int().describe("data keys that an older wrapping key still wraps"),
});
export type VaultState = z.infer<typeof vaultStateSchema>;

export const certificateSchema = z.object({
  id: z.string(),
  at_ms: z.number().int(),
  subject: z.string().describe("SHA-256 of what was erased, as its name would be personal data again"),
  reason: z.string(),
  keys_destroyed: z.number().int(),
  records: z.number().int().describe("records whose bodies can be read by nobody any more"),
  texts_removed: z
    .number()
    .int()
    .describe("records whose previews, words or bodies in clear were taken away, and comments on them or by them"),
  also: z.array(z.string()).describe("what else held such data, and what became of it"),
  by: z.string(),
  public_key: z.string().describe("Ed25519, PEM"),
  signature: z.string().describe("Ed25519 over the certificate as JSON without this field, in base64"),
});
export type ErasureCertificate = z.infer<typeof certificateSchema>;

export const holdSchema = z.object({
  id: z.string(),
  subject: z.record(z.string(), z.string()),
  reason: z.string(),
  by: z.string(),
  made_at_ms: z.number().int(),
  lifted_at_ms: z.number().int().nullable(),
});
export type LegalHold = z.infer<typeof holdSchema>;

const tags = ["Vault"];
const reason = z.string().min(1).max(2000);

export const vaultContract = {
  vault: {
    get: oc
      .route({ method: "GET", path: "/vault", summary: "How stored content is sealed", tags })
      .output(vaultStateSchema),
    rotate: oc
      .route({
        method: "POST",
        path: "/vault/rotate",
        summary: "Begin a new wrapping key and wrap all data keys with it; calls go on meanwhile",
        tags,
      })
      .output(vaultStateSchema),
    erase: oc
      .route({
        method: "POST",
        path: "/vault/erasures",
        successStatus: 201,
        summary: "Destroy the keys of somebody's data, for good; what was recorded stays provable and cannot be read",
        tags,
      })
      .input(z.strictObject({ subject: dataSubjectSchema, reason }))
      .output(certificateSchema),
    erasures: oc
      .route({ method: "GET", path: "/vault/erasures", summary: "Certificates of erasures, newest first", tags })
      .input(z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }))
      .output(z.object({ erasures: z.array(certificateSchema) })),
    hold: oc
      .route({
        method: "POST",
        path: "/vault/holds",
        successStatus: 201,
        summary: "Hold data: neither retention nor erasure takes it until the hold is lifted",
        tags,
      })
      .input(z.strictObject({ subject: dataSubjectSchema, reason }))
      .output(holdSchema),
    holds: oc
      .route({ method: "GET", path: "/vault/holds", summary: "Legal holds, newest first", tags })
      .input(z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }))
      .output(z.object({ holds: z.array(holdSchema) })),
    lift: oc
      .route({ method: "POST", path: "/vault/holds/{id}/lift", summary: "Lift a hold", tags })
      .input(z.object({ id: z.string() }))
      .output(holdSchema),
  },
};
