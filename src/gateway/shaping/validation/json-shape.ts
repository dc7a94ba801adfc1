// Whether a text is JSON of a shape. Schemas are interpreted, never made into code: callers write them.
import { type Schema, Validator } from "@cfworker/json-schema";
import { gatewayErrors } from "../../errors.ts";
import { countSteps } from "./count-steps.ts";

export interface JsonShape {
  /** What is wrong with a text, in words for people and for models; undefined where it holds. Throws `gateway.bad_schema`. */
  problemIn(text: string): string | undefined;
}

/** Throws `gateway.bad_schema`. */
export function createJsonShape(schema: Record<string, unknown>): JsonShape {
  let steps = 0;
  const validator = createValidator(schema, () => {
    steps += 1;
    if (steps > STEPS_MAX) throw new RangeError("too many steps");
  });
  return {
    problemIn(text) {
      steps = 0;
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch (error) {
        return `it is not JSON: ${error instanceof Error ? error.message : "it cannot be parsed"}`;
      }
      return problemOf(validator, value);
    },
  };
}

/** About a tenth of a second. */
const STEPS_MAX = 200_000;

type Draft = "4" | "7" | "2019-09" | "2020-12";

function createValidator(schema: Record<string, unknown>, onStep: () => void): Validator {
  try {
    return new Validator(countSteps(schema, onStep) as Schema, draftOf(schema["$schema"]), false);
  } catch (cause) {
    throw badSchema(cause);
  }
}

function draftOf(said: unknown): Draft {
  const known: readonly [string, Draft][] = [
    ["draft-04", "4"],
    ["draft-07", "7"],
    ["2019-09", "2019-09"],
  ];
  return known.find(([part]) => typeof said === "string" && said.includes(part))?.[1] ?? "2020-12";
}

const PROBLEMS_MAX = 5;
const LENGTH_MAX = 1000;
/** They say of a whole what another says of its part. */
const OF_PARTS: ReadonlySet<string> = new Set(["properties", "items", "prefixItems", "$ref", "allOf", "false"]);

function problemOf(validator: Validator, value: unknown): string | undefined {
  const { valid, errors } = validate(validator, value);
  if (valid) return undefined;
  const telling = errors.filter(({ keyword }) => !OF_PARTS.has(keyword));
  const said = (telling.length > 0 ? telling : errors)
    .slice(0, PROBLEMS_MAX)
    .map(({ instanceLocation, error }) => `${placeOf(instanceLocation)}: ${error}`);
  return said.join(" ").slice(0, LENGTH_MAX);
}

function validate(validator: Validator, value: unknown) {
  try {
    return validator.validate(value);
  } catch (cause) {
    // A reference that leads nowhere, or in a circle, is met only on the way.
    throw badSchema(cause);
  }
}

export function badSchema(cause: unknown) {
  const why =
    cause instanceof RangeError
      ? "it takes too many steps, is nested too deep, or refers to itself without end"
      : String(cause).split("\n", 1)[0];
  return gatewayErrors.bad_schema({ why: why ?? "" }, cause);
}

/** `#/items/0` as `items.0`. */
function placeOf(location: string): string {
  return location.replace(/^#\/?/, "").replaceAll("/", ".") || "the whole";
}
