// The `identity.oidc` branch: providers of OpenID Connect, side by side.
import { z } from "zod";
import { duration, secretRef } from "../../kernel/index.ts";
import { providerFields, PROVIDERS_MAX } from "../people/provider-config.ts";

const providerSchema = z.strictObject({
  ...providerFields,
  issuer: z.url().describe("discovery begins here"),
  client_id: z.string().min(1).max(500),
  client_secret: secretRef().optional().describe("left out for a public client; PKCE is used in any case"),
  scopes: z.array(z.string().min(1).max(100)).max(30).default(["openid", "email", "profile"]),
  user_claim: z.string().min(1).max(100).default("email").describe("the claim that names the directory's user"),
  groups_claim: z.string().min(1).max(100).default("groups").describe("the claim that lists groups"),
  algorithms: z
    .array(z.enum(["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]))
    .min(1)
    .default(["RS256", "ES256", "PS256", "EdDSA"])
    .describe("signatures of ID tokens and logout tokens that are believed; never `none`, never shared secrets"),
  allow_http: z
    .boolean()
    .default(false)
    .describe("speak to the provider without TLS; only for tests on the same machine"),
});

export const oidcConfigSchema = z
  .strictObject({
    providers: z.array(providerSchema).max(PROVIDERS_MAX).default([]),
    timeout: duration().default(10_000).describe("how long a provider may take to answer"),
    discovery_lifetime: duration().default(60_000).describe("how long a provider's own account of itself is believed"),
    sign_in_lifetime: duration().default(600_000).describe("how long a person may take at the provider"),
    clock_skew: duration().default(30_000).describe("how far the provider's clock may be off"),
    answer_bytes_max: z.number().int().min(1024).default(1_048_576).describe("the longest answer of a provider"),
  })
  .prefault({});

export type OidcConfig = z.output<typeof oidcConfigSchema>;
export type OidcProviderConfig = OidcConfig["providers"][number];
