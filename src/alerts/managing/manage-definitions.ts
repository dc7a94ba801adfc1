// Rules and objectives as whoever runs the platform sees and changes them by API: checked as those of the config are.
import type { z } from "zod";
import { explainProblems, nearestNames } from "../../kernel/index.ts";
import type { AlertsConfig } from "../config.ts";
import { definitionName } from "../config.ts";
import type { RuleView, SloView } from "../contract.ts";
import { alertsErrors } from "../errors.ts";
import { type Defined, definedRules, definedSlos, namesOfRulesInConfig } from "../evaluation/definitions.ts";
import { type Rule, ruleSchema } from "../rules/config.ts";
import { type Slo, sloSchema } from "../slos/config.ts";
import type { DefinitionSort } from "../store/definition-store.ts";
import type { Report } from "../store/evaluation-store.ts";
import type { AlertsStore } from "../store/store.ts";
import type { WithDatabase } from "../../storage/index.ts";

export interface By {
  keyId: string;
  keyName: string;
}

/** All may throw `alerts.unavailable`. */
export interface Definitions<View> {
  list(): Promise<View[]>;
  /** Throws `alerts.not_found`. */
  get(name: string): Promise<View>;
  /** Throws `alerts.invalid`, `alerts.in_config` and `alerts.full`. */
  put(name: string, spec: unknown, by: By): Promise<View>;
  /** Throws `alerts.not_found` and `alerts.in_config`. */
  remove(name: string): Promise<void>;
}

export interface DefinitionsDeps {
  store: Pick<AlertsStore, "definitions" | "evaluation">;
  withDatabase: WithDatabase;
  nowMs(): number;
}

export function createRules(config: AlertsConfig, deps: DefinitionsDeps): Definitions<RuleView> {
  return createDefinitions(config, deps, {
    sort: "rule",
    what: "rule",
    schema: ruleSchema,
    inConfig: namesOfRulesInConfig(config),
    problemsIn: (spec) => unknownChannels(spec, config),
    viewAll: async () => {
      const report = await deps.store.evaluation.report();
      return definedRules(config, await deps.store.definitions.list("rule")).map((rule) => ruleView(rule, report));
    },
  });
}

export function createSlos(config: AlertsConfig, deps: DefinitionsDeps): Definitions<SloView> {
  return createDefinitions(config, deps, {
    sort: "slo",
    what: "objective",
    schema: sloSchema,
    inConfig: Object.keys(config.slos),
    problemsIn: () => [],
    viewAll: async () => {
      const report = await deps.store.evaluation.report();
      return definedSlos(config, await deps.store.definitions.list("slo")).map((slo) => sloView(slo, report));
    },
  });
}

interface Sort<S extends z.ZodType, View> {
  sort: DefinitionSort;
  what: string;
  schema: S;
  inConfig: readonly string[];
  problemsIn(spec: z.output<S>): string[];
  viewAll(): Promise<View[]>;
}

function createDefinitions<S extends z.ZodType, View extends { name: string }>(
  { definitions_max: max, definition_bytes_max: bytesMax }: AlertsConfig,
  { store, withDatabase, nowMs }: DefinitionsDeps,
  { sort, what, schema, inConfig, problemsIn, viewAll }: Sort<S, View>,
): Definitions<View> {
  async function get(name: string): Promise<View> {
    const all = await withDatabase(viewAll);
    const found = all.find((each) => each.name === name);
    if (found) return found;
    const [nearest] = nearestNames(
      name,
      all.map((each) => each.name),
      1,
    );
    throw alertsErrors.not_found({ what, name, nearest });
  }

  function check(name: string, spec: unknown): void {
    const bytes = Buffer.byteLength(JSON.stringify(spec));
    const named = definitionName.safeParse(name);
    const read = schema.safeParse(spec);
    const problems = [
      ...(named.success ? [] : named.error.issues.map(({ message }) => `name: ${message}`)),
      ...(bytes > bytesMax ? [`(top): it is ${bytes} bytes long; alerts.definition_bytes_max is ${bytesMax}`] : []),
      ...(read.success ? problemsIn(read.data) : explainProblems(read.error, schema)),
    ];
    if (problems.length > 0) throw alertsErrors.invalid({ what, name, problems });
  }

  return {
    list: () => withDatabase(viewAll),
    get,
    async put(name, spec, by) {
      if (inConfig.includes(name)) throw alertsErrors.in_config({ what, name });
      check(name, spec);
      const { keyId, keyName } = by;
      const definition = { name, spec, changedAtMs: nowMs(), keyId, keyName };
      const isPut = await withDatabase(() => store.definitions.put(sort, definition, max));
      if (!isPut) throw alertsErrors.full({ what: `${what}s made by API`, max, option: "alerts.definitions_max" });
      return get(name);
    },
    async remove(name) {
      if (inConfig.includes(name)) throw alertsErrors.in_config({ what, name });
      const isRemoved = await withDatabase(() => store.definitions.remove(sort, name));
      if (!isRemoved) await get(name);
    },
  };
}

function unknownChannels(rule: Rule, { channels }: AlertsConfig): string[] {
  return (rule.channels ?? []).flatMap((name, index) =>
    Object.hasOwn(channels, name) ? [] : [`channels.${index}: there is no channel ${JSON.stringify(name)}`],
  );
}

/** What came of an earlier rule or objective of the same name says nothing of this one. */
function isOf(report: Report | undefined, changedAtMs: number | null): boolean {
  return changedAtMs === null || (report?.atMs ?? 0) > changedAtMs;
}

function ruleView({ name, source, spec, changedAtMs, changedBy }: Defined<Rule>, report: Report | undefined): RuleView {
  const last = isOf(report, changedAtMs) ? report?.rules[name] : undefined;
  return {
    name,
    kind: spec?.kind ?? "(unknown)",
    source,
    enabled: spec?.enabled ?? false,
    spec: { ...spec },
    changed_at_ms: changedAtMs,
    changed_by: changedBy,
    read_at_ms: last ? (report?.atMs ?? null) : null,
    series: last?.series ?? null,
    error: last?.error ?? null,
  };
}

function sloView({ name, source, spec, changedAtMs, changedBy }: Defined<Slo>, report: Report | undefined): SloView {
  const last = isOf(report, changedAtMs) ? report?.slos[name] : undefined;
  return {
    name,
    source,
    objective: spec?.objective.kind ?? "(unknown)",
    target: spec?.target ?? 0,
    window_ms: spec?.window ?? 0,
    spec: { ...spec },
    changed_at_ms: changedAtMs,
    changed_by: changedBy,
    measured_at_ms: last?.measured?.measured_at_ms ?? null,
    unknown: last?.measured?.unknown ?? null,
    error: last?.error ?? null,
    series: (last?.measured?.series ?? []).map((series) => ({ ...series, labels: { ...series.labels } })),
  };
}
