// The `identity.jwt` branch: whose tokens machines may come with, and what they may then.
import { z } from "zod";
import { byteSize, duration } from "../../kernel/index.ts";
import { grantSchema, GRANTS_MAX } from "../grants/config.ts";

const ISSUERS_MAX = 50;

/** Signatures with a key pair. Shared secrets and `none` have no name here. */
export const algorithmNames = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
] as const;

const claim = z.string().min(1).max(100);

const issuerSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "small letters, digits and hyphens")
    .describe("part of the id of those who come with its tokens: service:NAME/SUB"),
  issuer: z.url({ protocol: /^https?$/ }).describe("as the claim iss says it, to the letter"),
  audiences: z
    .array(z.string().min(1).max(500))
    .min(1)
    .max(20)
    .describe("one of these must be in the claim aud: a token for somebody else opens nothing here"),
  jwks_uri: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("where its keys are; by default as its /.well-known/openid-configuration says"),
  allow_http: z.boolean().default(false).describe("fetch its keys without TLS; only for tests on the same machine"),
  algorithms: z
    .array(z.enum(algorithmNames))
    .min(1)
    .default(["RS256", "ES256", "PS256", "EdDSA", "Ed25519"])
    .describe("signatures that are believed"),
  lifetime_max: duration().default(86_400_000).describe("tokens that are good for longer are refused"),
  subject_claim: claim.default("sub").describe("the claim that names the service"),
  user_claim: claim.optional().describe("the claim that names the user whose caps count"),
  team_claim: claim.optional().describe("the same for its team"),
  project_claim: claim.optional().describe("the same for its project"),
  grants: z
    .array(grantSchema)
    .max(GRANTS_MAX)
    .default([])
    .describe("what its tokens open; a token that no grant fits opens nothing"),
});
export type IssuerConfig = z.output<typeof issuerSchema>;

export const jwtConfigSchema = z
  .strictObject({
    issuers: z
      .array(issuerSchema)
      .max(ISSUERS_MAX)
      .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "each issuer has a name of its own")
      .refine((all) => new Set(all.map(({ issuer }) => issuer)).size === all.length, "each issuer stands here once")
      .default([]),
    token_bytes_max: byteSize()
      .default(8 * 1024)
      .describe("longer ones are refused unread"),
    clock_skew: duration().default(30_000).describe("how far an issuer's clock may be off"),
    known_max: z.number().int().min(1).default(10_000).describe("tokens that are not verified again until they expire"),
    verifying_max: z.number().int().min(1).default(64).describe("tokens that are verified at once"),
    keys_max: z.number().int().min(1).max(1000).default(100).describe("a set of more keys than this is not taken"),
    keys_max_age: duration().default(600_000).describe("after this, an issuer is asked for its keys again"),
    keys_cooldown: duration()
      .default(30_000)
      .describe("an issuer is asked for its keys no more often than this, whatever tokens say"),
    keys_stale_for: duration()
      .default(12 * 3_600_000)
      .describe("how long its keys are believed while an issuer cannot be asked"),
  })
  .prefault({});
export type JwtConfig = z.output<typeof jwtConfigSchema>;
