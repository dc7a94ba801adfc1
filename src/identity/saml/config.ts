// The `identity.saml` branch: SAML 2.0 identity providers, side by side.
import { z } from "zod";
import { byteSize, duration } from "../../kernel/index.ts";
import { providerFields, PROVIDERS_MAX } from "../people/provider-config.ts";

const providerSchema = z.strictObject({
  ...providerFields,
  entry_point: z.url().describe("where the provider takes sign-in requests (HTTP-Redirect)"),
  idp_issuer: z.string().min(1).max(1000).describe("the provider's entity id"),
  certificates: z
    .array(z.string().min(1).max(20_000))
    .min(1)
    .max(10)
    .describe("the provider's signing certificates: PEM, base64, or file:/path; several while they are rotated"),
  entity_id: z.string().min(1).max(1000).optional().describe("ours; the address of our metadata where left out"),
  user_attribute: z
    .string()
    .min(1)
    .max(300)
    .default("NameID")
    .describe("the attribute that names the directory's user; NameID for the subject itself"),
  groups_attribute: z.string().min(1).max(300).default("groups").describe("the attribute that lists groups"),
  response_signed: z
    .boolean()
    .default(false)
    .describe("whether the whole response must be signed, beside its assertion"),
  allow_idp_initiated: z
    .boolean()
    .default(false)
    .describe("take answers that nobody asked for; they cannot be told from those that an attacker sends"),
});

export const samlConfigSchema = z
  .strictObject({
    providers: z.array(providerSchema).max(PROVIDERS_MAX).default([]),
    clock_skew: duration().default(30_000).describe("how far the provider's clock may be off"),
    assertion_age_max: duration().default(300_000).describe("how old an assertion may be"),
    sign_in_lifetime: duration().default(600_000).describe("how long a person may take at the provider"),
    response_bytes_max: byteSize()
      .default(512 * 1024)
      .describe("the longest response that is read"),
  })
  .prefault({});

export type SamlConfig = z.output<typeof samlConfigSchema>;
export type SamlProviderConfig = SamlConfig["providers"][number];
