// Users, teams and projects as they stand on the wire: one shape, and the same five routes for each kind.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { ownBudgets, ownLimits } from "../budgets/contract.ts";

export const entryKinds = ["user", "team", "project"] as const;
export type EntryKind = (typeof entryKinds)[number];

export const entryName = z.string().trim().min(1).max(100);
const TEAMS_MAX = 50;

/** What may be said of each of them. A team is in no team. */
function settingsOf(kind: EntryKind) {
  const teams = kind === "team" ? z.array(entryName).max(0, "a team is in no team") : z.array(entryName).max(TEAMS_MAX);
  return {
    teams: teams.describe("those it belongs to; a key that names no team counts for the only one"),
    disabled: z.boolean().describe("its calls are refused, with 403"),
    budgets: ownBudgets.describe("caps on money, beside those of the config: all of them hold"),
    limits: ownLimits.describe("caps on requests, tokens and calls in flight"),
  };
}

/** As a file says it, without the name. */
export function entrySettingsSchema(kind: EntryKind) {
  const { teams, disabled, budgets, limits } = settingsOf(kind);
  return z.strictObject({
    teams: teams.default([]),
    disabled: disabled.default(false),
    budgets: budgets.default([]),
    limits: limits.default([]),
  });
}
export type EntrySettings = z.output<ReturnType<typeof entrySettingsSchema>>;
export type CreateEntry = EntrySettings & { name: string };
export type UpdateEntry = { name: string } & { [Field in keyof EntrySettings]?: EntrySettings[Field] | undefined };

const entrySchema = z.object({
  name: z.string(),
  ...settingsOf("user"),
  created_at_ms: z.number().int(),
  updated_at_ms: z.number().int(),
});
export type Entry = z.output<typeof entrySchema>;

export const directoryPage = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: z.string().optional(),
});

/** GET, POST /users; GET, PATCH, DELETE /users/{name}. Budgets and limits are replaced whole, what is left out stays. */
function entryRoutes(kind: EntryKind) {
  const path = `/${kind}s` as const;
  const tags = [`${kind[0]?.toUpperCase()}${kind.slice(1)}s`];
  const named = z.object({ name: entryName });
  const create = entrySettingsSchema(kind).extend({ name: entryName });
  const update = z.strictObject(settingsOf(kind)).partial().extend({ name: entryName });
  return {
    list: oc
      .route({ method: "GET", path, summary: `List ${kind}s by name`, tags })
      .input(directoryPage)
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
  users: entryRoutes("user"),
  teams: entryRoutes("team"),
  projects: entryRoutes("project"),
};
