// What compliance reports are made of, from the rooms that know it.
import type { Alerts } from "../../alerts/index.ts";
import type { Audit } from "../../audit/index.ts";
import type { World } from "../../kernel/index.ts";
import type { BoundaryHistory, BoundaryQuery } from "../../observability/contract.ts";
import type { PolicyConfig } from "../../policy/index.ts";
import { type Compliance, createCompliance } from "../compliance.ts";
import type { ComplianceConfig } from "../config.ts";
import type { AlertFact, Period, Sources } from "../sources.ts";
import { type ContentConfig, contentOf, type ContentRooms } from "./content.ts";
import { allPages } from "./pages.ts";
import { authorityOf, type AuthorityRooms } from "./people-and-authority.ts";

export interface ComplyingDeps extends AuthorityRooms, ContentRooms {
  world: Pick<World, "nowMs">;
  version: string;
  audit: Audit;
  alerts: Alerts;
  /** Of all processes. */
  boundary: { history(query: BoundaryQuery): Promise<BoundaryHistory> };
}

interface ComplyingConfig extends ContentConfig {
  compliance: ComplianceConfig;
  policy: PolicyConfig;
}

export function createComplying(config: ComplyingConfig, deps: ComplyingDeps): Compliance {
  const { world, version, audit } = deps;
  const sources: Sources = {
    ...authorityOf(config.policy, deps),
    ...contentOf(config, deps),
    trail: trailOf(audit),
    incidents: incidentsOf(deps),
  };
  return createCompliance(config.compliance, { sources, world, version, audit });
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
