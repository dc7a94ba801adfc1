// The configuration file as a JSON schema: what may be written, with the default that holds where nothing is. Defaults
// are also filled in where zod cannot tell them, because they are stated in milliseconds or bytes behind a conversion.
import { z } from "zod";
import { appConfigSchema } from "../../src/app-config.ts";
import { type SettingSchema, unitOf } from "../../src/kernel/index.ts";

export type Schema = SettingSchema;

const DURATIONS: [string, number][] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
  ["ms", 1],
];
const SIZES: [string, number][] = [
  ["GiB", 1024 ** 3],
  ["MiB", 1024 ** 2],
  ["KiB", 1024],
  ["b", 1],
];

export function configSchema(): Schema {
  const schema = z.toJSONSchema(appConfigSchema, { io: "input" }) as Schema;
  return withDefaults(schema, appConfigSchema.parse({}));
}

export function makeConfigSchema(): string {
  return `${JSON.stringify({ title: "binnacle.yaml", ...configSchema() }, null, 2)}\n`;
}

function withDefaults(schema: Schema, value: unknown): Schema {
  if (schema.properties !== undefined && typeof value === "object" && value !== null) {
    const values = value as Record<string, unknown>;
    const filled = Object.entries(schema.properties).map(([name, child]) => [name, withDefaults(child, values[name])]);
    return { ...schema, properties: Object.fromEntries(filled) as Record<string, Schema> };
  }
  return typeof value === "number" ? { ...schema, default: withUnit(value, unitOf(schema)) } : schema;
}

function withUnit(value: number, unit: ReturnType<typeof unitOf>): unknown {
  const steps = unit === "duration" ? DURATIONS : SIZES;
  const [name, size] = steps.find(([, step]) => value % step === 0) ?? ["", 1];
  return value === 0 || unit === undefined ? value : `${value / size}${name}`;
}
