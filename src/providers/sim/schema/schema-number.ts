// Numbers for JSON schemas: the prompt's own numbers first, in their order, where they keep the bounds.
import type { JsonSchema } from "./resolve-schema.ts";
import type { Seeded } from "../answers/seeded.ts";

interface NumberSource {
  seeded: Seeded;
  /** Numbers of the prompt that no value has used yet. */
  unusedNumbers: number[];
}

/** How far above the lower bound (or below the upper one) made-up numbers go. */
const WINDOW = 100;

export function numberForSchema(schema: JsonSchema, source: NumberSource): number {
  const step = stepOf(schema);
  const fits = (value: number): boolean => isWithin(schema, value) && (step === undefined || isMultiple(value, step));
  const known = source.unusedNumbers.findIndex(fits);
  if (known >= 0) return source.unusedNumbers.splice(known, 1)[0] ?? 0;
  const [low, high] = rangeOf(schema, step);
  if (step === undefined) return fractionBetween(low, high, source.seeded);
  const first = Math.ceil(low / step);
  const last = Math.max(first, Math.floor(high / step));
  // Bounds that are exclusive are met by trying the neighbours of the number drawn.
  const drawn = source.seeded.whole(first, last);
  const near = [drawn, drawn + 1, drawn - 1, first, first + 1, last].map((count) => tidy(count * step));
  return near.find(fits) ?? tidy(drawn * step);
}

/** What values must be multiples of; undefined when any fraction will do. */
function stepOf(schema: JsonSchema): number | undefined {
  const multiple =
    typeof schema["multipleOf"] === "number" && schema["multipleOf"] > 0 ? schema["multipleOf"] : undefined;
  if (schema["type"] !== "integer") return multiple;
  if (multiple === undefined) return 1;
  for (let count = 1; count <= 1000; count += 1)
    if (Number.isInteger(tidy(multiple * count))) return tidy(multiple * count);
  return multiple;
}

function isMultiple(value: number, step: number): boolean {
  return Number.isInteger(tidy(value / step));
}

/** Away with what binary fractions leave behind: 0.1 × 3 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

function isWithin(schema: JsonSchema, value: number): boolean {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (typeof minimum === "number" && value < minimum) return false;
  if (typeof maximum === "number" && value > maximum) return false;
  if (typeof exclusiveMinimum === "number" && value <= exclusiveMinimum) return false;
  return !(typeof exclusiveMaximum === "number" && value >= exclusiveMaximum);
}

function rangeOf(schema: JsonSchema, step: number | undefined): [low: number, high: number] {
  const lows = [schema["minimum"], schema["exclusiveMinimum"]].filter((bound) => typeof bound === "number");
  const highs = [schema["maximum"], schema["exclusiveMaximum"]].filter((bound) => typeof bound === "number");
  const window = WINDOW * Math.max(step ?? 1, 1);
  const high = highs.length > 0 ? Math.min(...highs) : undefined;
  const low = lows.length > 0 ? Math.max(...lows) : Math.min(1, (high ?? window) - window);
  return [low, Math.min(high ?? low + window, low + window)];
}

/** Two decimals when that keeps clear of the bounds, the middle when it does not. */
function fractionBetween(low: number, high: number, seeded: Seeded): number {
  const value = Math.round((low + (high - low) * seeded.next()) * 100) / 100;
  return value > low && value < high ? value : low + (high - low) / 2;
}
