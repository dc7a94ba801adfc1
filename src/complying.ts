// What compliance reports are made of, from the rooms that know it. Each question is bounded, and pages are turned here.
import type { Alerts } from "./alerts/index.ts";
import type { AppConfig } from "./app-config.ts";
import type { Approvals } from "./approvals/index.ts";
import type { AsOne } from "./as-one.ts";
import type { Audit } from "./audit/index.ts";
import {
  type AlertFact,
  type ApprovalFact,
  type Compliance,
  createCompliance,
  type KeyFact,
  type Period,
  type PersonFact,
  type Some,
  type Sources,
} from "./compliance/index.ts";
import type { Gateway } from "./gateway/index.ts";
import { type Governance, rolesOfScopes } from "./governance/index.ts";
import type { Guardrails } from "./guardrails/index.ts";
import type { World } from "./kernel/index.ts";
import type { Ledger } from "./ledger/index.ts";
import { OWN_ORGANISATION, type Policies } from "./policy/index.ts";
import { isGenuine, type Vault } from "./vault/index.ts";
import { placesIn } from "./places-in-routes.ts";

export interface ComplyingDeps {
  world: World;
  version: string;
  governance: Governance;
  policies: Policies;
  audit: Audit;
  approvals: Approvals;
  guardrails: Guardrails;
  ledger: Ledger;
  vault: Vault;
  alerts: Alerts;
  gateway: Pick<Gateway, "routes">;
  boundary: AsOne["boundary"];
  status: AsOne["status"];
}

const PAGE = 200;

export function createComplying(config: AppConfig, deps: ComplyingDeps): Compliance {
  const { world, version, audit } = deps;
  const sources: Sources = {
    ...peopleOf(config, deps),
    ...contentOf(config, deps),
    trail: trailOf(audit),
    incidents: incidentsOf(deps),
  };
  return createCompliance(config.compliance, { sources, world, version, audit });
}

function peopleOf(
  config: AppConfig,
  { governance, policies, approvals }: ComplyingDeps,
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
        return { source, number, policies: count, two_persons: config.policy.two_persons };
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

function contentOf(
  config: AppConfig,
  { guardrails, ledger, vault, gateway, status }: ComplyingDeps,
): Pick<Sources, "guardrails" | "findings" | "retention" | "vault" | "disclosures" | "records"> {
  const where = { own: ["true"] };
  return {
    guardrails: () =>
      guardrails.view().policies.map(({ name, checks }) => ({
        name,
        checks: checks.flatMap(({ kinds, mode }) => kinds.map((kind) => ({ kind, mode }))),
      })),
    async findings({ limit, ...period }) {
      const items = await ledger.guardrailFindings({ ...period, limit: limit + 1 });
      return { items: items.slice(0, limit), is_cut: items.length > limit };
    },
    retention: () => retentionOf(config, ledger),
    vault: {
      state: async () => ({ ...(await vault.state()), clear_text: vault.clearText }),
      erasures: async (limit) =>
        (await vault.erasures(limit)).map((each) => ({ ...each, is_genuine: isGenuine(each) })),
      holds: (limit) => vault.holds(limit),
    },
    disclosures: {
      async sent({ limit, ...period }) {
        const by = ["vendor", "model", "project"] as const;
        const { rows } = await ledger.sums({ ...period, by, where, limit, order: "records", spreads: false });
        const items = rows.filter(({ is_rest }) => !is_rest);
        return {
          items: items.map(({ key, records, tokens }) => ({
            vendor: key["vendor"] ?? null,
            model: key["model"] ?? null,
            project: key["project"] ?? null,
            records,
            input_tokens: tokens.input,
            output_tokens: tokens.output,
          })),
          is_cut: items.length < rows.length,
        };
      },
      places: () => Promise.resolve(placesIn(gateway.routes.list(), config.providers)),
    },
    records: {
      async calls(period) {
        const { rows } = await ledger.sums({ ...period, where, spreads: false });
        const [{ records, failed, refused }] = [rows[0] ?? { records: 0, failed: 0, refused: 0 }];
        return { records, failed, refused };
      },
      state: async () => (await status()).ledger,
    },
  };
}

async function retentionOf(config: AppConfig, ledger: Ledger): ReturnType<Sources["retention"]> {
  const { records, bodies, projects, kinds, disk_max } = config.ledger.retention;
  const { sweeps } = await ledger.stored();
  const overrides = [
    ...Object.entries(projects).map(([name, keep]) => ({ what: `project ${name}`, ...keep })),
    ...Object.entries(kinds).map(([name, keep]) => ({ what: `kind ${name}`, ...keep })),
  ];
  return {
    records_ms: records,
    bodies_ms: bodies,
    overrides: overrides.map((each) => ({
      what: each.what,
      records_ms: each.records ?? null,
      bodies_ms: each.bodies ?? null,
    })),
    disk_max_bytes: disk_max ?? null,
    stores_bodies: config.ledger.bodies.store,
    sweeps,
  };
}

function trailOf(audit: Audit): Sources["trail"] {
  return {
    list: ({ limit, without_calls, ...query }) =>
      allPages(limit, async (page) => {
        const calls = without_calls === true ? "without" : "with";
        const { entries, next_cursor } = await audit.list({ ...query, ...page, calls });
        return { items: entries, next_cursor };
      }),
    tally: audit.tally,
    state: audit.state,
    verify: audit.verify,
  };
}

const MINUTES_MAX = 20_000;

function incidentsOf({ alerts, boundary }: ComplyingDeps): Sources["incidents"] {
  return {
    rules: async () => (await alerts.rules.list()).map(({ name, kind, enabled }) => ({ name, kind, enabled })),
    async history({ limit, since_ms, until_ms }) {
      const inTime = ({ at_ms }: { at_ms: number }): boolean => at_ms >= since_ms && at_ms < until_ms;
      const { items, is_cut } = await allPages(limit, async (page) => {
        const { entries, next_cursor } = await alerts.history(page);
        const isOver = entries.some(({ at_ms }) => at_ms < since_ms);
        const items = entries
          .filter(inTime)
          .map(({ at_ms, to, alert: { rule, kind, severity, labels } }): AlertFact => {
            return { at_ms, to, rule, kind, severity, labels };
          });
        return { items, next_cursor: isOver ? null : next_cursor };
      });
      return { items, is_cut };
    },
    open: async () => (await alerts.list()).alerts,
    async crossings({ since_ms, until_ms }: Period) {
      const { minutes } = await boundary.history({ since_ms, limit: MINUTES_MAX });
      const crossed = minutes.filter(({ at_ms, crossed_ms }) => at_ms < until_ms && crossed_ms > 0);
      const bySignal = Map.groupBy(crossed, ({ signal }) => signal);
      return [...bySignal].map(([signal, all]) => ({ signal, minutes: all.length }));
    },
  };
}

interface Page {
  limit: number;
  cursor?: string | undefined;
}

/** Until there are enough, or no more. A page may have nothing in it and one that follows. */
async function allPages<Fact>(
  limit: number,
  ask: (page: Page) => Promise<{ items: readonly Fact[]; next_cursor: string | null }>,
): Promise<Some<Fact>> {
  const items: Fact[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const found = await ask({ limit: PAGE, cursor });
    items.push(...found.items);
    if (found.next_cursor === null) return { items: items.slice(0, limit), is_cut: items.length > limit };
    if (items.length >= limit) return { items: items.slice(0, limit), is_cut: true };
    cursor = found.next_cursor;
  }
  return { items, is_cut: true };
}

const PAGES_MAX = 10_000;

async function ofEach<Fact>(
  names: readonly string[],
  limit: number,
  ask: (name: string, left: number) => Promise<Some<Fact>>,
): Promise<Some<Fact>> {
  const items: Fact[] = [];
  for (const name of names) {
    const found = await ask(name, limit - items.length);
    items.push(...found.items);
    if (found.is_cut) return { items, is_cut: true };
  }
  return { items, is_cut: false };
}
