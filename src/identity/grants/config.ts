// Grants: what somebody may who comes from elsewhere, by what is proven of them. Deny by default: without one that fits, nothing.
import { z } from "zod";
import { OWN_ORGANISATION, roleNames } from "../../policy/contract.ts";

export const GRANTS_MAX = 500;
const ANY_OF_MAX = 100;

const name = z.string().min(1).max(200);
const pattern = z.string().min(1).max(1000);

export const grantSchema = z.strictObject({
  when: z
    .record(name, z.union([pattern, z.array(pattern).min(1).max(ANY_OF_MAX)]))
    .default({})
    .describe("all of these must hold: a claim and its value, or one of several; `*` at the end stands for any rest"),
  roles: z.array(z.enum(roleNames)).min(1).max(roleNames.length),
  organisation: name.default(OWN_ORGANISATION),
  user: name.optional(),
  team: name.optional(),
  project: name.optional(),
  models: z
    .array(name)
    .max(200)
    .optional()
    .describe("routes and vendor/model names that it may call, `vendor/*` for all of a vendor; left out for any"),
});
export type Grant = z.output<typeof grantSchema>;
