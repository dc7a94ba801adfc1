// What figures can be told apart by, and how series are named by it.
import { z } from "zod";
import { sumDimensions } from "../ledger/contract.ts";

/** As the ledger's sums know them; patterns come and go by themselves. */
export const dimensions = z.enum(sumDimensions).exclude(["pattern"]).options;
export type Dimension = (typeof dimensions)[number];

const value = z.string().min(1).max(200);
const VALUES_MAX = 50;

const OF_WHICH =
  "of which records; calls through the gateway, or where a service, environment, key, user, tag or prompt is named all calls, unless own or kind is said";

/** Of which records: a value, or one of several, for each dimension that is named. */
export const filterSchema = z
  .partialRecord(z.enum(dimensions), z.union([value, z.array(value).min(1).max(VALUES_MAX)]))
  .default({})
  .describe(OF_WHICH);
export type Filter = z.output<typeof filterSchema>;

const seriesOf = <T extends string>(names: readonly T[]) =>
  z
    .array(z.enum(names))
    .max(2)
    .default([])
    .refine((chosen) => new Set(chosen).size === chosen.length, "a dimension is named twice")
    .describe("one series for each value that was seen of these");

/** What series may be made of: not what records are, which `of` says. */
export const perSchema = seriesOf([
  "key",
  "user",
  "team",
  "project",
  "model",
  "route",
  "vendor",
  "tag",
  "service",
  "environment",
  "prompt",
]);

/** Of these, how records ended and how long they took is kept for months; of the others the records are read. */
const kept = ["team", "project", "model", "route", "vendor", "service", "environment"] as const;
export const keptPerSchema = seriesOf(kept);
export const keptFilterSchema = z
  .partialRecord(z.enum(["kind", "own", ...kept]), z.union([value, z.array(value).min(1).max(VALUES_MAX)]))
  .default({})
  .describe(OF_WHICH);

/** Of other programs too, or not kept together with whether a call is our own. */
const ofOthers: readonly Dimension[] = ["service", "environment", "key", "user", "tag", "prompt"];
/** What asked a model. */
const calls = ["call", "embedding", "rerank"];

/** Calls, and through the gateway where nothing asked for is of other programs; unless the filter says what. */
export function filterOf({ of, per }: { of: Filter; per: readonly Dimension[] }): Filter {
  if (of.own !== undefined || of.kind !== undefined) return of;
  const named: readonly string[] = [...Object.keys(of), ...per];
  return ofOthers.some((name) => named.includes(name)) ? { ...of, kind: calls } : { ...of, own: "true" };
}

export type Labels = Readonly<Record<string, string>>;

/** A row's key without what does not make the series, and without null, which stands for none. */
export function labelsOf(key: Readonly<Record<string, string | null>>, per: readonly Dimension[]): Labels {
  return Object.fromEntries(per.map((name) => [name, key[name] ?? ""]));
}

/** One text for one set of labels, whatever their order. */
export function fingerprintOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)));
}
