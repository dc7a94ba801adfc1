// The `identity.scim` branch: what groups of an identity provider stand for here, and the bounds of what it may send.
import { z } from "zod";
import { byteSize } from "../../kernel/index.ts";
import { roleNames } from "../../policy/contract.ts";

const roles = z.array(z.enum(roleNames)).max(roleNames.length);
const GROUPS_MAX = 1000;

export const scimConfigSchema = z
  .strictObject({
    groups: z
      .record(
        z.string().min(1).max(200),
        z.strictObject({
          roles: roles.default([]),
          teams: z.array(z.string().min(1).max(100)).max(50).default([]),
        }),
      )
      .refine((groups) => Object.keys(groups).length <= GROUPS_MAX, `at most ${GROUPS_MAX} groups`)
      .default({})
      .describe("roles and teams of a group's members, by its displayName; other groups are kept and open nothing"),
    default_roles: roles.default([]).describe("roles of everyone who is provisioned, besides those of groups"),
    page_max: z.number().int().min(1).max(1000).default(200).describe("resources of one page of a list"),
    scan_max: z
      .number()
      .int()
      .min(1)
      .default(10_000)
      .describe("resources that are looked through for a filter that is more than userName, externalId or id eq"),
    members_max: z.number().int().min(1).default(20_000).describe("members of one group"),
    operations_max: z.number().int().min(1).default(1000).describe("operations of one PATCH"),
    body_bytes_max: byteSize()
      .default(2 * 1024 * 1024)
      .describe("the longest request"),
  })
  .prefault({});
export type ScimConfig = z.output<typeof scimConfigSchema>;
