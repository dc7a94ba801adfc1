// Rules and objectives from all their sources, one under each name: those that are there by themselves, the config's in their
// place, and those made by API beside them.
import type { z } from "zod";
import type { AlertsConfig } from "../config.ts";
import { defaultRules, type Rule, ruleSchema } from "../rules/config.ts";
import { type Slo, sloSchema } from "../slos/config.ts";
import type { Definition } from "../store/definition-store.ts";

export interface Defined<T> {
  name: string;
  source: "default" | "config" | "api";
  /** Undefined where one made by API does not hold any more, after an update say. */
  spec: T | undefined;
  changedAtMs: number | null;
  changedBy: { key_id: string; key_name: string } | null;
}

type RulesConfig = Pick<AlertsConfig, "rules" | "default_rules">;

export function definedRules(config: RulesConfig, byApi: readonly Definition[]): Defined<Rule>[] {
  const defaults = Object.entries(defaultRules)
    .filter(([name]) => isByDefault(config, name))
    .map(([name, rule]): Defined<Rule> => ({ ...unchanged, name, source: "default", spec: ruleSchema.parse(rule) }));
  return [...defaults, ...inConfig(config.rules), ...madeByApi(byApi, ruleSchema, { ...config.rules })];
}

export function definedSlos({ slos }: Pick<AlertsConfig, "slos">, byApi: readonly Definition[]): Defined<Slo>[] {
  return [...inConfig(slos), ...madeByApi(byApi, sloSchema, slos)];
}

/** Names that the API cannot take. */
export function namesOfRulesInConfig(config: RulesConfig): string[] {
  return [...Object.keys(config.rules), ...Object.keys(defaultRules).filter((name) => isByDefault(config, name))];
}

function isByDefault({ rules, default_rules }: RulesConfig, name: string): boolean {
  const isOn = Object.entries(default_rules).some(([each, on]) => each === name && on);
  return isOn && !Object.hasOwn(rules, name);
}

const unchanged = { changedAtMs: null, changedBy: null };

function inConfig<T>(specs: Readonly<Record<string, T>>): Defined<T>[] {
  return Object.entries(specs).map(([name, spec]) => ({ ...unchanged, name, source: "config", spec }));
}

/** The config's come first where both have a name. */
function madeByApi<S extends z.ZodType>(
  definitions: readonly Definition[],
  schema: S,
  configured: Readonly<Record<string, unknown>>,
): Defined<z.output<S>>[] {
  return definitions
    .filter(({ name }) => !Object.hasOwn(configured, name))
    .map(({ name, spec, changedAtMs, keyId, keyName }) => ({
      name,
      source: "api",
      spec: schema.safeParse(spec).data,
      changedAtMs,
      changedBy: { key_id: keyId, key_name: keyName },
    }));
}
