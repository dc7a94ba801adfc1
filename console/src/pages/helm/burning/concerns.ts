// What needs somebody: read from alerts, objectives, budgets, approvals, kill switches and drift, as one list, the worst first.
import { type Labels, sayLabels } from "../../../format/say-labels.ts";
import type { OpenAlert, SloView } from "../../../../../src/alerts/contract.ts";
import type { Finding } from "../../../../../src/drift/contract.ts";
import type { BudgetView, Switch } from "../../../../../src/governance/contract.ts";
import { formatAge, formatCount, formatUsd } from "../../../format/figures.ts";

export interface Concern {
  id: string;
  tone: "fail" | "warn";
  /** What kind of thing it is: the reader scans by it. */
  kind: string;
  title: string;
  detail: string;
  to: string;
}

/** Below this part of a budget it is worth a look. */
const lowShare = 0.1;

export function concernsOfAlerts(alerts: readonly OpenAlert[], nowMs: number): Concern[] {
  return alerts
    .filter(({ state, silenced_by: silences }) => state === "firing" && silences.length === 0)
    .map((alert) => ({
      id: `alert ${alert.id}`,
      tone: alert.severity === "critical" ? "fail" : "warn",
      kind: "Alert",
      title: alert.rule,
      detail: `${about(alert.labels)}firing for ${formatAge(nowMs - alert.since_ms)}`,
      to: "/alerts",
    }));
}

/** The one that is furthest overspent first. */
export function concernsOfSlos(slos: readonly SloView[]): Concern[] {
  const all = slos.flatMap((slo) => slo.series.map((series) => ({ slo, series })));
  return all
    .toSorted((a, b) => a.series.budget_left - b.series.budget_left)
    .flatMap(({ slo, series }): Concern[] => {
      const burning = series.burns.find((burn) => burn.burning);
      if (burning === undefined && series.budget_left > 0) return [];
      const share = `${Math.abs(Math.round(series.budget_left * 100))} %`;
      const left =
        series.budget_left < 0 ? `its error budget overspent by ${share}` : `${share} of its error budget left`;
      const pace = burning === undefined ? "" : `, burning ${burning.long_burn.toFixed(1)} × too fast`;
      return [
        {
          id: `slo ${slo.name} ${JSON.stringify(series.labels)}`,
          tone: series.budget_left <= 0 || burning?.burn === "page" ? "fail" : "warn",
          kind: "SLO",
          title: slo.name,
          detail: `${about(series.labels)}${left}${pace}`,
          to: "/alerts",
        },
      ];
    });
}

export function concernsOfBudgets(budgets: readonly BudgetView[]): Concern[] {
  return budgets
    .filter(({ unit, cap, left }) => unit !== "calls_in_flight" && cap > 0 && left / cap <= lowShare)
    .map(({ id, whose, unit, every, cap, left }) => {
      const say = (amount: number): string =>
        unit === "usd_micros" ? formatUsd(amount) : `${formatCount(amount)} ${unit}`;
      return {
        id: `budget ${id}`,
        tone: left <= 0 ? "fail" : "warn",
        kind: "Budget",
        title: whose,
        detail: `${left <= 0 ? "nothing" : say(left)} left of ${say(cap)}${every === null || every === "ever" ? "" : ` every ${every}`}`,
        to: "/directory",
      };
    });
}

export function concernsOfApprovals({ mine, pending }: { mine: number; pending: number }): Concern[] {
  if (pending === 0) return [];
  const isMine = mine > 0;
  return [
    {
      id: "approvals",
      tone: "warn",
      kind: "Approvals",
      title: isMine ? `${mine} for you to decide` : `${pending} waiting for others`,
      detail: isMine && pending > mine ? `${pending} wait in all` : "agents and changes go on when somebody decides",
      to: "/approvals",
    },
  ];
}

export function concernsOfSwitches(switches: readonly Switch[], nowMs: number): Concern[] {
  return switches.map(({ id, kind, name, reason, thrown_at_ms: sinceMs }) => ({
    id: `switch ${id}`,
    tone: "fail",
    kind: "Kill switch",
    title: kind === "installation" ? "everything is switched off" : `${kind} ${name} is switched off`,
    detail: `${reason}, for ${formatAge(nowMs - sinceMs)}`,
    to: "/switches",
  }));
}

export function concernsOfDrift(findings: readonly Finding[], nowMs: number): Concern[] {
  return findings.map(({ id, kind, figure, profile, since_ms: sinceMs }) => ({
    id: `drift ${id}`,
    tone: "warn",
    kind: "Drift",
    title: profile === null ? `${figure} in many profiles` : `${figure} of ${profile.model}`,
    detail: `${kind.replaceAll("_", " ")}, for ${formatAge(nowMs - sinceMs)}`,
    to: "/drift",
  }));
}

export const worstFirst = (a: Concern, b: Concern): number => Number(b.tone === "fail") - Number(a.tone === "fail");

function about(labels: Labels): string {
  const said = sayLabels(labels);
  return said === "" ? "" : `${said}: `;
}
