// Organisations, users, teams and projects as they stand on the wire: one shape, and the same five routes for each kind.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { roleNames } from "../../policy/contract.ts";
import { ownBudgets, ownLimits } from "../budgets/contract.ts";

export const entryKinds = ["user", "team", "project", "organisation"] as const;
export type EntryKind = (typeof entryKinds)[number];

export const entryName = z.string().trim().min(1).max(100);
/** It stands in ids of accounts and in addresses, so that it is plain. */
export const organisationName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "write it in small letters, digits and hyphens, at most 63 of them");
const TEAMS_MAX = 50;

export const roles = z
  .array(z.enum(roleNames))
  .max(roleNames.length)
  .describe("what it may do: owner, admin, operator, developer, reviewer, auditor, member or child");

/** Whose it is: the asker's own organisation, unless another one is named. */
export const organisationWish = organisationName
  .optional()
  .describe("of this organisation; by default one's own. Another one is for the installation's own admins");

/** What may be said of each of them. A team is in no team. */
function settingsOf(kind: EntryKind) {
  const isInTeams = kind === "user" || kind === "project";
  const teams = isInTeams
    ? z.array(entryName).max(TEAMS_MAX)
    : z.array(entryName).max(0, `${kind === "team" ? "a team" : "an organisation"} is in no team`);
  return {
    roles: kind === "user" ? roles : roles.max(0, "only users and keys have roles"),
    teams: teams.describe("those it belongs to; a key that names no team counts for the only one"),
    disabled: z.boolean().describe("its calls are refused, with 403"),
    budgets: ownBudgets.describe("caps on money, beside those of the config: all of them hold"),
    limits: ownLimits.describe("caps on requests, tokens and calls in flight"),
  };
}

/** As a file says it, without the name. */
export function entrySettingsSchema(kind: EntryKind) {
  const { roles: itsRoles, teams, disabled, budgets, limits } = settingsOf(kind);
  return z.strictObject({
    roles: itsRoles.default([]),
    teams: teams.default([]),
    disabled: disabled.default(false),
    budgets: budgets.default([]),
    limits: limits.default([]),
  });
}
export type EntrySettings = z.output<ReturnType<typeof entrySettingsSchema>>;
/** `organisation` is left out where it is one's own. */
interface NamedEntry {
  name: string;
  organisation?: string | undefined;
}
export type CreateEntry = EntrySettings & NamedEntry;
export type UpdateEntry = NamedEntry & { [Field in keyof EntrySettings]?: EntrySettings[Field] | undefined };

const entrySchema = z.object({
  name: z.string(),
  organisation: z.string().describe("whose it is; an organisation is the installation's"),
  ...settingsOf("user"),
  created_at_ms: z.number().int(),
  updated_at_ms: z.number().int(),
});
export type Entry = z.output<typeof entrySchema>;

export const directoryPage = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: z.string().optional(),
});
export const organisationPage = directoryPage.extend({ organisation: organisationWish });

/** GET, POST /users; GET, PATCH, DELETE /users/{name}. Budgets and limits are replaced whole, what is left out stays. */
function entryRoutes(kind: EntryKind) {
  const path = `/${kind}s` as const;
  const tags = [`${kind[0]?.toUpperCase()}${kind.slice(1)}s`];
  const isOrganisation = kind === "organisation";
  const fields = { name: isOrganisation ? organisationName : entryName, organisation: organisationWish };
  const named = z.object(fields);
  const create = entrySettingsSchema(kind).extend(fields);
  const update = z.strictObject(settingsOf(kind)).partial().extend(fields);
  return {
    list: oc
      .route({ method: "GET", path, summary: `List ${kind}s by name`, tags })
      .input(organisationPage)
      .output(z.object({ entries: z.array(entrySchema), next_cursor: z.string().nullable() })),
    get: oc
      .route({ method: "GET", path: `${path}/{name}`, summary: `Show a ${kind}`, tags })
      .input(named)
      .output(entrySchema),
    create: oc
      .route({ method: "POST", path, successStatus: 201, summary: `Create a ${kind}`, tags })
      .input(create)
      .output(entrySchema),
    update: oc
      .route({
        method: "PATCH",
        path: `${path}/{name}`,
        summary: `Change a ${kind}; every process follows within a second`,
        tags,
      })
      .input(update)
      .output(entrySchema),
    delete: oc
      .route({
        method: "DELETE",
        path: `${path}/{name}`,
        summary: `Delete a ${kind} that nothing names any more`,
        tags,
      })
      .input(named)
      .output(entrySchema),
  };
}

export const directoryContract = {
  organisations: entryRoutes("organisation"),
  users: entryRoutes("user"),
  teams: entryRoutes("team"),
  projects: entryRoutes("project"),
};
