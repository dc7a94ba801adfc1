// What OpenID Connect and SAML providers have in common in the config: their names, and whom they may bring.
import { z } from "zod";
import { roleNames } from "../../policy/contract.ts";

export const PROVIDERS_MAX = 20;
const GROUPS_MAX = 1000;

const grantSchema = z.strictObject({
  roles: z.array(z.enum(roleNames)).max(roleNames.length).default([]),
  teams: z.array(z.string().min(1).max(100)).max(50).default([]),
});

export const providerFields = {
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "small letters, digits and hyphens")
    .describe("part of its addresses here"),
  title: z.string().min(1).max(60).optional().describe("on the button; its name where left out"),
  people: z
    .enum(["linked", "existing", "create"])
    .default("existing")
    .describe(
      "linked: only those who were linked before; existing: users of the directory by name; create: users are made when they first sign in",
    ),
  groups: z
    .record(z.string().min(1).max(200), grantSchema)
    .refine((groups) => Object.keys(groups).length <= GROUPS_MAX, `at most ${GROUPS_MAX} groups`)
    .default({})
    .describe(
      "roles and teams by the provider's groups; where any stand here, each sign-in sets the person's roles anew",
    ),
  default_roles: z
    .array(z.enum(roleNames))
    .max(roleNames.length)
    .default([])
    .describe("roles of everyone who signs in here, besides those of groups"),
};

export interface ProviderGrants {
  people: "linked" | "existing" | "create";
  groups: Record<string, z.output<typeof grantSchema>>;
  default_roles: (typeof roleNames)[number][];
}
