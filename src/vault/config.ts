// The `vault` branch of the config tree: whether stored content is sealed, and where the master key comes from.
import { z } from "zod";
import { duration, secretRef } from "../kernel/index.ts";

export const vaultConfigSchema = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe("seal bodies before they are written, to the journal and to PostgreSQL"),
    master_key: secretRef()
      .optional()
      .describe("32 bytes as hex or base64; without it `vault.key` in the data folder, made on the first start"),
    former_master_keys: z
      .array(secretRef())
      .max(10)
      .default([])
      .describe("what wrapping keys may still be wrapped with; at the start they are wrapped with the present one"),
    kms: z
      .strictObject({
        url: z
          .url()
          .describe("of a transit engine as HashiCorp Vault and OpenBao have it, up to its mount: http://…/v1/transit"),
        key: z.string().min(1).max(200).describe("the key's name there"),
        token: secretRef(),
        timeout: duration().default(5000),
      })
      .optional()
      .describe(
        "a key management service in place of a master key; it is asked at the start and when keys are rotated",
      ),
    clear_text: z
      .enum(["none", "previews", "previews_and_words"])
      .default("none")
      .describe("what of sealed bodies stays readable in PostgreSQL, for lists and searches; an erasure takes it away"),
    keys_in_memory_max: z.number().int().min(10).default(10_000).describe("data keys at hand"),
    key_lifetime: duration()
      .default(30 * 86_400_000)
      .describe("how long one data key seals; after that its owner gets another"),
    changes_interval: duration().default(400).describe("how soon other processes know of an erasure or a rotation"),
    rewrap_at_once: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(500)
      .describe("data keys in one transaction of a rotation"),
  })
  .prefault({})
  .refine(({ kms, master_key }) => !(kms && master_key), {
    path: ["kms"],
    message: "there is a master_key already; keep one of the two",
  });

export type VaultConfig = z.output<typeof vaultConfigSchema>;
