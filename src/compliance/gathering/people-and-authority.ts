// Who has access, by which policies, and what people approved and stopped.
import type { Approvals } from "../../approvals/index.ts";
import { type Governance, rolesOfScopes } from "../../governance/index.ts";
import { OWN_ORGANISATION, type Policies, type PolicyConfig } from "../../policy/index.ts";
import type { ApprovalFact, KeyFact, PersonFact, Sources } from "../sources.ts";
import { allPages, ofEach } from "./pages.ts";

export interface AuthorityRooms {
  governance: Governance;
  policies: Policies;
  approvals: Approvals;
}

export function authorityOf(
  { two_persons }: Pick<PolicyConfig, "two_persons">,
  { governance, policies, approvals }: AuthorityRooms,
): Pick<Sources, "keys" | "people" | "policies" | "approvals" | "switches"> {
  const organisations = async (limit: number): Promise<string[]> => {
    const { items } = await allPages(limit, async (page) => {
      const { entries, next_cursor } = await governance.organisations.list(page);
      return { items: entries.map(({ name }) => name), next_cursor };
    });
    return [...new Set([OWN_ORGANISATION, ...items])];
  };
  return {
    keys: async (limit) =>
      ofEach(await organisations(limit), limit, (organisation, left) =>
        allPages(left, async (page) => {
          const { keys, next_cursor } = await governance.keys.list({ ...page, organisation });
          return {
            items: keys.map(({ roles, scopes, ...key }): KeyFact => ({
              ...key,
              roles: roles ?? rolesOfScopes(scopes),
            })),
            next_cursor,
          };
        }),
      ),
    people: async (limit) =>
      ofEach(await organisations(limit), limit, (organisation, left) =>
        allPages(left, async (page) => {
          const { entries, next_cursor } = await governance.users.list({ ...page, organisation });
          return { items: entries satisfies readonly PersonFact[], next_cursor };
        }),
      ),
    policies: {
      active() {
        const active = policies.active();
        const { source = "shipped", number = null } = active ?? {};
        const count = active?.candidate.engine.policies.length ?? 0;
        return { source, number, policies: count, two_persons };
      },
    },
    async approvals({ limit, ...period }) {
      const found = await approvals.past({ ...period, limit: limit + 1 });
      return { items: found.slice(0, limit).map(approvalFact), is_cut: found.length > limit };
    },
    async switches(limit) {
      const all = await governance.switches.list({ state: "all", limit });
      return all.map(({ thrown_by, lifted_by, ...rest }) => ({
        ...rest,
        thrown_by: thrown_by.name,
        lifted_by: lifted_by?.name ?? null,
      }));
    },
  };
}

function approvalFact({ asked_by, votes, ...rest }: Awaited<ReturnType<Approvals["get"]>>): ApprovalFact {
  const isOwn = (by: typeof asked_by): boolean =>
    by.id === asked_by.id || (by.user !== null && by.user === asked_by.user);
  return {
    ...rest,
    asked_by: asked_by.user ?? asked_by.name,
    votes: votes.map(({ by, decision, at_ms }) => ({
      by: by.user ?? by.name,
      decision,
      at_ms,
      is_own: isOwn(by),
    })),
  };
}
