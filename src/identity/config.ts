// The `identity` branch of the config tree: each way to sign in has its own part.
import { z } from "zod";
import { jwtConfigSchema } from "./jwt/config.ts";
import { mtlsConfigSchema } from "./mtls/config.ts";
import { oidcConfigSchema } from "./oidc/config.ts";
import { passkeysConfigSchema } from "./passkeys/config.ts";
import { passwordsConfigSchema } from "./passwords/config.ts";
import { samlConfigSchema } from "./saml/config.ts";
import { scimConfigSchema } from "./scim/config.ts";
import { sessionsConfigSchema } from "./sessions/config.ts";

export const identityConfigSchema = z
  .strictObject({
    public_url: z
      .url()
      .nullable()
      .default(null)
      .describe(
        "where browsers reach Binnacle, such as https://binnacle.example.com; null takes it from each request. Providers need it where a proxy stands before",
      ),
    break_glass_alarm: z
      .enum(["auto", "always", "never"])
      .default("auto")
      .describe("whether use of the first admin key is told as an alarm; auto: once people can sign in"),
    under_way_max: z
      .number()
      .int()
      .min(1)
      .max(1_000_000)
      .default(10_000)
      .describe("sign-ins of one way that have begun and not ended, and invitations that nobody has taken"),
    sessions: sessionsConfigSchema,
    passwords: passwordsConfigSchema,
    passkeys: passkeysConfigSchema,
    oidc: oidcConfigSchema,
    saml: samlConfigSchema,
    jwt: jwtConfigSchema,
    mtls: mtlsConfigSchema,
    scim: scimConfigSchema,
  })
  .prefault({});

export type IdentityConfig = z.output<typeof identityConfigSchema>;
