// A config that is in force, value by value: what it is, where it was set, and what it would be by itself. Secrets are references
// already, and shown as such; credentials inside addresses are hidden.
import { z } from "zod";
import { hideCredentials } from "./hide-credentials.ts";
import { partsOf, type SettingSchema, unitOf } from "./setting-schema.ts";
import { createWhereSet, type SettingSource, type WhereOptions } from "./where-set.ts";

export interface Setting {
  /** `gateway.attempts_max`. */
  path: string;
  value: unknown;
  /** Of a number. */
  unit: "ms" | "bytes" | null;
  is_secret: boolean;
  source: SettingSource;
  default: unknown;
  description: string;
}

interface Place {
  path: readonly string[];
  value: unknown;
  byDefault: unknown;
  schema: SettingSchema;
}

export interface DescribedConfig extends WhereOptions {
  /** In force, defaults filled in. */
  config: unknown;
  /** Of nothing at all. */
  defaults: unknown;
}

export function describeSettings(schema: z.ZodType, { config, defaults, ...sources }: DescribedConfig): Setting[] {
  const whereSet = createWhereSet(sources);
  const root = z.toJSONSchema(schema, { io: "input" }) as SettingSchema;
  const settings: Setting[] = [];
  const walk = ({ path, value, byDefault, schema: here }: Place): void => {
    const parts = partsOf(value, here);
    if (parts === undefined || (parts.length === 0 && path.length > 0)) {
      settings.push(settingOf({ path, value, byDefault, schema: here }, whereSet(path)));
      return;
    }
    for (const [name, inner, innerSchema] of parts)
      walk({ path: [...path, name], value: inner, byDefault: partOf(byDefault, name), schema: innerSchema });
  };
  walk({ path: [], value: config, byDefault: defaults, schema: root });
  return settings;
}

function settingOf({ path, value, byDefault, schema }: Place, source: SettingSource): Setting {
  const unit = unitOf(schema);
  const isSecret = unit === "secret";
  return {
    path: path.join("."),
    value: isSecret ? referenceOf(value) : hideCredentials(value ?? null),
    unit: unit === "duration" ? "ms" : unit === "size" ? "bytes" : null,
    is_secret: isSecret,
    source,
    default: isSecret ? referenceOf(byDefault) : hideCredentials(byDefault ?? schema.default ?? null),
    description: schema.description ?? "",
  };
}

/** Where the secret stands, never the secret. */
function referenceOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === "string" && /^(env|file):/.test(value) ? value : "…";
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
