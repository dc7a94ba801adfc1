// Recorded exchanges in this dialect with OpenAI and others, for the tests of this folder. They are no part of this project;
// tests that need them are skipped where they are absent.
import { type Exchange, hasCassettes, readExchanges, recordedVendors } from "../../../../test/support/cassettes.ts";
import type { Extra } from "../../contract.ts";
import { isObject } from "../fields.ts";

export const hasRecordings = hasCassettes;

export interface Recording extends Exchange {
  isStream: boolean;
  isCount: boolean;
}

export function readRecordings(): Recording[] {
  return recordedVendors().flatMap((vendor) =>
    ["/responses", "/responses/input_tokens"].flatMap((path) =>
      readExchanges(vendor, path).map((exchange) => ({
        ...exchange,
        isStream: exchange.headers["content-type"]?.startsWith("text/event-stream") ?? false,
        isCount: path !== "/responses",
      })),
    ),
  );
}

/** The same with each of these changes made to every object in it, from the outside in. */
export function normalise(value: unknown, differences: Record<string, (value: Extra) => Extra>): unknown {
  if (Array.isArray(value)) return value.map((each) => normalise(each, differences));
  if (!isObject(value)) return value;
  const changed = Object.values(differences).reduce<Extra>((each, change) => change(each), value);
  return Object.fromEntries(Object.entries(changed).map(([key, each]) => [key, normalise(each, differences)]));
}
