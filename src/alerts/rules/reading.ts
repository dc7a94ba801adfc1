// What a rule comes to when it is looked at: a sample for each of its series. What follows from that, states/ says.
import type { Labels } from "../dimensions.ts";
import type { AlertSources } from "../figures.ts";
import type { Slo } from "../slos/config.ts";
import type { SloMeasured } from "../slos/measure-slo.ts";
import type { RuleKind, RuleOf, Severity } from "./config.ts";

/** `over` is too bad, `clear` is well; `between` begins nothing and ends nothing; `unknown` is left to the rule's `no_data`. */
export type SampleState = "over" | "between" | "clear" | "unknown";

export const units = ["share", "usd_micros", "ms", "score", "burn", "records", "distance"] as const;
export type Unit = (typeof units)[number];

export type Facts = Readonly<Record<string, string | number | null>>;

export interface Sample {
  labels: Labels;
  state: SampleState;
  value: number | null;
  threshold: number | null;
  unit: Unit;
  facts: Facts;
  /** In place of the rule's. */
  severity?: Severity;
}

export interface Reading {
  samples: Sample[];
  /** What those series are that there is no sample of any more. */
  absent: "clear" | "unknown";
}

/** What all objectives came to at this look, those that failed left out. */
export type MeasuredSlos = ReadonlyMap<string, { slo: Slo; measured: SloMeasured }>;

export interface ReadContext extends AlertSources {
  nowMs: number;
  /** Series of one rule at the most. */
  seriesMax: number;
  slos: MeasuredSlos;
  memory: RuleMemory;
}

/** What a rule keeps from one look to the next; lost with the process, and then found out again. */
export interface RuleMemory {
  /** The same for as long as `key` is the same. */
  once<T>(key: string, find: () => Promise<T>): Promise<T>;
  /** Earlier values of a series, oldest first, within the last hour. */
  trail(series: string, point: { atMs: number; value: number }): readonly { atMs: number; value: number }[];
}

export type ReadRule<K extends RuleKind> = (rule: RuleOf<K>, context: ReadContext) => Promise<Reading>;
