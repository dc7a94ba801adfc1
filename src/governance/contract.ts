// API keys as they stand on the wire; users, teams and projects beside them. A key's secret appears
// once, in the answer that creates it.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { ownBudgets, ownLimits } from "./budgets/contract.ts";
import { applyContract } from "./apply/contract.ts";
import { switchesContract } from "./switches/contract.ts";
import {
  directoryContract,
  entryName as name,
  organisationPage,
  organisationWish,
  roles,
} from "./directory/contract.ts";

export * from "./apply/contract.ts";
export * from "./directory/contract.ts";
export * from "./switches/contract.ts";
export type { RoleName } from "../policy/contract.ts";

/** What a key may do: `call` models, `read` the record, provision people by `scim`, `admin` everything. */
export const scopes = ["call", "read", "scim", "admin"] as const;
export type Scope = (typeof scopes)[number];

const MODELS_MAX = 200;
const ALLOWED_IPS_MAX = 200;
/** How long a replaced secret may go on working. */
const OVERLAP_MAX_MS = 30 * 86_400_000;

export const keyKinds = ["key", "service"] as const;

/** What may be said of a key, apart from its name. */
const settings = {
  scopes: z.array(z.enum(scopes)).min(1).describe("what it may do, where it has no roles"),
  roles: roles.min(1).nullable().describe("what it may do, in the place of scopes; null where scopes say it"),
  kind: z.enum(keyKinds).describe("service: of a program that nobody stands behind, a service account"),
  user: name.nullable(),
  team: name.nullable(),
  project: name.nullable(),
  disabled: z.boolean().describe("its calls are refused, with 403"),
  budgets: ownBudgets,
  limits: ownLimits,
  models: z
    .array(z.string().min(1).max(200))
    .max(MODELS_MAX)
    .nullable()
    .describe("routes and vendor/model names that it may call, `vendor/*` for all of a vendor; null for any"),
  allowed_ips: z
    .array(
      z.union(
        [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()],
        "write an address or a CIDR block, like 10.0.0.0/8 or 2001:db8::/32",
      ),
    )
    .max(ALLOWED_IPS_MAX)
    .nullable()
    .describe("addresses and CIDR blocks that it may be used from; null for anywhere"),
  expires_at_ms: z.number().int().nullable(),
};

export const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  organisation: z.string().describe("whose it is; it never becomes another's"),
  ...settings,
  created_at_ms: z.number().int(),
  revoked_at_ms: z.number().int().nullable(),
  parent: z.string().nullable().describe("the key that it was made under: it never may more, and stops when that does"),
  created_by: z.string().nullable().describe("the id of who made it; null for the first, and those of a file"),
  last_used_at_ms: z.number().int().nullable().describe("about a minute old"),
  previous_until_ms: z.number().int().nullable().describe("while it is rotated: when the secret before stops working"),
});
export type Key = z.infer<typeof keySchema>;

const defaults = {
  scopes: settings.scopes.default(["call"]),
  roles: settings.roles.default(null),
  kind: settings.kind.default("key"),
  user: settings.user.default(null),
  team: settings.team.default(null),
  project: settings.project.default(null),
  disabled: settings.disabled.default(false),
  budgets: settings.budgets.default([]),
  limits: settings.limits.default([]),
  models: settings.models.default(null),
  allowed_ips: settings.allowed_ips.default(null),
  expires_at_ms: settings.expires_at_ms.default(null),
};

export const createKeySchema = z.object({
  name,
  organisation: organisationWish,
  ...defaults,
  parent: z.string().max(200).nullable().default(null).describe("the id of a key that this one never may more than"),
});
export type CreateKey = z.infer<typeof createKeySchema>;
export type KeySettings = Omit<CreateKey, "name" | "parent" | "organisation">;

const updateKeySchema = z.strictObject({ id: z.string(), ...z.object({ name, ...settings }).partial().shape });
export type UpdateKey = z.infer<typeof updateKeySchema>;

const KEY_FIND_MAX = 200;
const keyPage = organisationPage.extend({
  find: z
    .string()
    .trim()
    .min(1)
    .max(KEY_FIND_MAX)
    .optional()
    .describe(
      "only keys with this in their name, their id's beginning, or what they are for, like `user:ada`; upper and lower case alike. 20,000 keys are looked through for one answer: there may be less in it than `limit`, and yet a next_cursor",
    ),
});

/** As a file says it: the time as people write it. */
export const keyInFileSchema = z.strictObject({
  ...z.object(defaults).omit({ expires_at_ms: true }).shape,
  expires_at: z
    .union([z.iso.datetime({ offset: true }), z.iso.date()], "write it like 2027-01-01T00:00:00Z")
    .transform((time) => new Date(time).toISOString())
    .nullable()
    .default(null),
});
export type KeyInFile = z.infer<typeof keyInFileSchema>;

export const createdKeySchema = keySchema.extend({ secret: z.string().describe("the key itself; shown this once") });
export type CreatedKey = z.infer<typeof createdKeySchema>;

export const rotateKeySchema = z.strictObject({
  id: z.string(),
  overlap_ms: z
    .number()
    .int()
    .min(0)
    .max(OVERLAP_MAX_MS)
    .default(86_400_000)
    .describe("how long the secret before goes on working; 0 for not at all"),
});
export type RotateKey = z.infer<typeof rotateKeySchema>;

export const budgetViewSchema = z.object({
  id: z.string(),
  whose: z.string(),
  unit: z.enum(["usd_micros", "requests", "tokens", "calls_in_flight"]),
  every: z.string().nullable().describe("the window; null for what is in flight"),
  cap: z.number().int(),
  spent: z.number().int(),
  held: z.number().int().describe("for calls under way, or at hand in a process for the next ones"),
  left: z.number().int(),
  renews_at_ms: z.number().int().nullable().describe("null for a window that slides, or never ends"),
});
export type BudgetView = z.infer<typeof budgetViewSchema>;

const keys = ["Keys"];

export const governanceContract = {
  keys: {
    list: oc
      .route({ method: "GET", path: "/keys", summary: "List keys, newest first", tags: keys })
      .input(keyPage)
      .output(z.object({ keys: z.array(keySchema), next_cursor: z.string().nullable() })),
    create: oc
      .route({
        method: "POST",
        path: "/keys",
        successStatus: 201,
        summary: "Create a key; its secret is shown once",
        tags: keys,
      })
      .input(createKeySchema)
      .output(createdKeySchema),
    update: oc
      .route({
        method: "PATCH",
        path: "/keys/{id}",
        summary: "Change a key; every process follows within a second",
        tags: keys,
      })
      .input(updateKeySchema)
      .output(keySchema),
    rotate: oc
      .route({
        method: "POST",
        path: "/keys/{id}/rotate",
        summary: "Give a key a new secret; the one before works until the overlap ends",
        tags: keys,
      })
      .input(rotateKeySchema)
      .output(createdKeySchema),
    revoke: oc
      .route({
        method: "POST",
        path: "/keys/{id}/revoke",
        summary: "Revoke a key; it stops working within a second",
        tags: keys,
      })
      .input(z.object({ id: z.string() }))
      .output(keySchema),
  },
  ...directoryContract,
  ...applyContract,
  ...switchesContract,
  budgets: oc
    .route({
      method: "GET",
      path: "/budgets",
      summary: "Budgets and limits that anything was spent of, about a second old",
      tags: ["Budgets"],
    })
    .input(organisationPage)
    .output(z.object({ budgets: z.array(budgetViewSchema), next_cursor: z.string().nullable() })),
};
