// The JSON schema of a config tree, as far as it is walked: what stands at a place, in which unit, and whether it is a secret.

export interface SettingSchema {
  title?: string;
  type?: string;
  description?: string;
  default?: unknown;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: SettingSchema[];
  oneOf?: SettingSchema[];
  items?: SettingSchema;
  properties?: Record<string, SettingSchema>;
  additionalProperties?: SettingSchema | boolean;
}

/** `duration`, `size` or `secret` for the kernel's own pieces of config; undefined for anything else. */
export function unitOf({ pattern, anyOf }: SettingSchema): "duration" | "size" | "secret" | undefined {
  const written = pattern ?? anyOf?.map((choice) => choice.pattern ?? "").join("") ?? "";
  if (written.includes("(env:")) return "secret";
  if (written.includes("kib")) return "size";
  return written.includes("(ms|") ? "duration" : undefined;
}

/** The schemas of what is in a value, by name; undefined where it is one value, or its parts are not described. */
export function partsOf(value: unknown, schema: SettingSchema): [string, unknown, SettingSchema][] | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const branch = branchFor(value, schema);
  if (branch === undefined) return undefined;
  const { items, properties, additionalProperties } = branch;
  if (Array.isArray(value))
    return items && isWhole(items) ? value.map((inner, index) => [String(index), inner, items]) : undefined;
  const values = value as Record<string, unknown>;
  if (properties) return Object.entries(properties).map(([name, inner]) => [name, values[name], inner]);
  if (typeof additionalProperties !== "object") return undefined;
  return Object.entries(values).map(([name, inner]) => [name, inner, additionalProperties]);
}

const choicesOf = ({ anyOf, oneOf }: SettingSchema): readonly SettingSchema[] => anyOf ?? oneOf ?? [];

/** Whether there are parts in it that are told one by one. */
const isWhole = (schema: SettingSchema): boolean =>
  schema.properties !== undefined || choicesOf(schema).some(({ properties }) => properties !== undefined);

/** Of several ways in which a value may be written, the one that it is written in. */
function branchFor(value: object, schema: SettingSchema): SettingSchema | undefined {
  const choices = choicesOf(schema);
  if (choices.length === 0) return schema;
  if (Array.isArray(value)) return choices.find(({ type }) => type === "array");
  return choices.find(({ properties, additionalProperties }) =>
    properties ? isWrittenAs(value, properties) : typeof additionalProperties === "object",
  );
}

function isWrittenAs(value: object, properties: Record<string, SettingSchema>): boolean {
  return Object.entries(value).every(([name, inner]) => {
    const described = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return described !== undefined && (described.const === undefined || described.const === inner);
  });
}
