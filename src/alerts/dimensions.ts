// What figures can be told apart by, and how series are named by it.
import { z } from "zod";

/** As the ledger's sums know them. */
export const dimensions = [
  "kind",
  "own",
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
  "outcome",
  "prompt",
] as const;
export type Dimension = (typeof dimensions)[number];

const value = z.string().min(1).max(200);
const VALUES_MAX = 50;

/** Of which records: a value, or one of several, for each dimension that is named. */
export const filterSchema = z
  .partialRecord(z.enum(dimensions), z.union([value, z.array(value).min(1).max(VALUES_MAX)]))
  .default({})
  .describe("of which records; calls through the gateway where neither own, kind nor service is named");
export type Filter = z.output<typeof filterSchema>;

/** What series may be made of: not what records are, which `of` says. */
export const perSchema = z
  .array(z.enum(dimensions).exclude(["kind", "own", "outcome"]))
  .max(2)
  .default([])
  .refine((names) => new Set(names).size === names.length, "a dimension is named twice")
  .describe("one series for each value that was seen of these");

/** Calls through the gateway, unless the filter says what else. */
export function filterOf(of: Filter): Filter {
  if (of.own !== undefined || of.kind !== undefined || of.service !== undefined) return of;
  return { ...of, own: "true" };
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
