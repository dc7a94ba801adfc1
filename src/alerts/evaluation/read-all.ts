// All objectives measured and all rules read, one after the other: a look is nothing to hurry over, and calls need the database
// more. One that fails does not keep the others from being read.
import type { Log } from "../../kernel/index.ts";
import type { AlertSources } from "../figures.ts";
import type { Rule } from "../rules/config.ts";
import { readRule } from "../rules/read-rule.ts";
import type { MeasuredSlos, Reading, RuleMemory } from "../rules/reading.ts";
import type { Slo } from "../slos/config.ts";
import type { SloMeasured, SloMeter } from "../slos/measure-slo.ts";
import type { Report } from "../store/evaluation-store.ts";
import type { Defined } from "./definitions.ts";

export interface ReadAllDeps {
  sources: AlertSources;
  meter: SloMeter;
  memory: RuleMemory;
  log: Pick<Log, "warn">;
  nowMs: number;
  seriesMax: number;
}

export interface ReadAll {
  readings: Map<string, Reading>;
  report: Pick<Report, "rules" | "slos">;
}

const OLD = "it does not hold any more: put it again";

export async function readAll(
  { rules, slos }: { rules: readonly Defined<Rule>[]; slos: readonly Defined<Slo>[] },
  deps: ReadAllDeps,
): Promise<ReadAll> {
  const { sources, memory, nowMs, seriesMax } = deps;
  const measured = await measureAll(slos, deps);
  const all: ReadAll = { readings: new Map(), report: { rules: {}, slos: measured.report } };
  for (const { name, spec: rule } of rules) {
    if (!rule?.enabled) {
      if (!rule) all.report.rules[name] = { series: 0, error: OLD };
      continue;
    }
    try {
      const reading = await readRule(rule, { ...sources, nowMs, seriesMax, memory, slos: measured.known });
      all.readings.set(name, reading);
      all.report.rules[name] = { series: reading.samples.length, error: null };
    } catch (error) {
      all.report.rules[name] = { series: 0, error: wordsOf(error) };
      deps.log.warn({ err: error, rule: name }, "an alert rule could not be read");
    }
  }
  return all;
}

async function measureAll(
  slos: readonly Defined<Slo>[],
  { sources: { figures, scores }, meter, log, nowMs, seriesMax }: ReadAllDeps,
): Promise<{ known: MeasuredSlos; report: Report["slos"] }> {
  const known = new Map<string, { slo: Slo; measured: SloMeasured }>();
  const report: Report["slos"] = {};
  meter.keepOnly(new Set(slos.map(({ name }) => name)));
  for (const { name, spec: slo } of slos) {
    if (!slo) {
      report[name] = { measured: null, error: OLD };
      continue;
    }
    try {
      const measured = await meter.measure(name, slo, { figures, scores, nowMs, seriesMax });
      known.set(name, { slo, measured });
      report[name] = { measured, error: null };
    } catch (error) {
      report[name] = { measured: null, error: wordsOf(error) };
      log.warn({ err: error, slo: name }, "an objective could not be measured");
    }
  }
  return { known, report };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
