// Compliance reports: for each control of a framework the evidence of a time, gathered from the rooms below within bounds, with a
// hash over the whole. It says what the evidence shows, never that somebody complies.
import canonicalize from "canonicalize";
import type { World } from "../kernel/index.ts";
import type { ComplianceConfig } from "./config.ts";
import { type Evidence, type Finding, findings, type FrameworkView, type Report } from "./contract.ts";
import { complianceErrors } from "./errors.ts";
import { collect, collectorNames, parseEvidenceId } from "./evidence/collectors.ts";
import type { Asked } from "./evidence/evidence.ts";
import { frameworks } from "./frameworks/frameworks.ts";
import type { Period, Sources } from "./sources.ts";

export interface AskedPeriod {
  since_ms?: number | undefined;
  /** Exclusive. */
  until_ms?: number | undefined;
}

export interface ReportWish extends AskedPeriod {
  framework: string;
  by: Report["made_by"];
}

export interface Compliance {
  frameworks(): readonly FrameworkView[];
  /** Throws `compliance.unknown_framework`, `bad_period` and `busy`. */
  report(wish: ReportWish): Promise<Report>;
  /** Throws `compliance.unknown_evidence`, `bad_period` and `busy`. */
  evidence(id: string, period: AskedPeriod): Promise<Evidence>;
}

export interface ComplianceDeps {
  sources: Sources;
  world: Pick<World, "nowMs">;
  version: string;
  /** That a report was made is on the trail, with its hash; one that cannot be told of is not given. */
  audit: { note(entry: MadeEntry): Promise<void> };
}

interface MadeEntry {
  action: string;
  resource: { type: string; id: string };
  outcome: "ok";
  details: Readonly<Record<string, string | number>>;
}

export const CAVEAT =
  "This report says what the evidence that Binnacle has shows, for the time it is about. It does not say that anybody complies with anything: what it cannot see (contracts, purposes, other systems, what people do) is for people to judge, and so is every finding.";

export function createCompliance(
  config: ComplianceConfig,
  { sources, world, version, audit }: ComplianceDeps,
): Compliance {
  const atOnce = createAtOnce(config.reports_at_once_max);
  const askedFor = (period: Period): Omit<Asked, "least_ms"> => ({
    ...period,
    sources,
    now_ms: world.nowMs(),
    rows_max: config.rows_max,
    keys_max: config.keys_max,
    unused_after_ms: config.unused_after,
    verify_entries_max: config.verify_entries_max,
  });

  async function gather(ids: readonly string[], period: Period): Promise<Evidence[]> {
    const gathered: Evidence[] = [];
    // One after the other: a report is in no hurry, and calls are.
    for (const id of ids) {
      const parsed = parseEvidenceId(id);
      if (!parsed) throw complianceErrors.unknown_evidence({ name: id, known: collectorNames.join(", ") });
      gathered.push(await collect(id, parsed, askedFor(period)));
    }
    return gathered;
  }

  return {
    frameworks: () => frameworks,
    report: ({ framework: name, by, ...asked }) => {
      const framework = frameworks.find(({ id }) => id === name);
      if (!framework)
        throw complianceErrors.unknown_framework({ name, known: frameworks.map(({ id }) => id).join(", ") });
      const period = periodOf(asked, config, world.nowMs());
      return atOnce(async () => {
        const ids = new Set(framework.controls.flatMap((control) => control.evidence));
        const evidence = await gather([...ids], period);
        const unsigned = {
          framework,
          ...period,
          made_at_ms: world.nowMs(),
          made_by: by,
          version,
          caveat: CAVEAT,
          counts: countsOf(evidence),
          evidence,
        };
        const sha256 = digestOf(unsigned);
        await audit.note({
          action: "compliance.report",
          resource: { type: "compliance_report", id: framework.id },
          outcome: "ok",
          details: { ...period, sha256, ...unsigned.counts },
        });
        return { ...unsigned, sha256 };
      });
    },
    evidence: (id, asked) => {
      const period = periodOf(asked, config, world.nowMs());
      return atOnce(async () => {
        const [found] = await gather([id], period);
        if (!found) throw complianceErrors.unknown_evidence({ name: id, known: collectorNames.join(", ") });
        return found;
      });
    },
  };
}

/** Of a report without its hash, as whoever has one can do again. */
export function digestOf(report: Omit<Report, "sha256">): string {
  return new Bun.CryptoHasher("sha256").update(canonicalize(report) ?? "").digest("hex");
}

function countsOf(evidence: readonly Evidence[]): Report["counts"] {
  const countOf = (finding: Finding): number => evidence.filter((each) => each.finding === finding).length;
  const [met, notMet, noData, forAPerson] = findings.map(countOf);
  return { met: met ?? 0, not_met: notMet ?? 0, no_data: noData ?? 0, for_a_person: forAPerson ?? 0 };
}

function periodOf({ since_ms, until_ms }: AskedPeriod, config: ComplianceConfig, nowMs: number): Period {
  const until = until_ms ?? nowMs;
  const since = since_ms ?? Math.max(0, until - config.period);
  if (since >= until) throw complianceErrors.bad_period({ why: "it ends before it begins" });
  if (until - since > config.period_max)
    throw complianceErrors.bad_period({ why: "it is longer than one report may be about" });
  return { since_ms: since, until_ms: until };
}

/** So many at a time, and no queue: whoever wants a report can ask again. */
function createAtOnce(most: number) {
  let running = 0;
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= most) throw complianceErrors.busy({ most });
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
    }
  };
}
