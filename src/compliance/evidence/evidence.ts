// What evidence is made of, and how a collector says what it found.
import type { Cell, Evidence, Finding, Table } from "../contract.ts";
import type { Period, Sources } from "../sources.ts";

export interface Asked extends Period {
  sources: Sources;
  now_ms: number;
  rows_max: number;
  keys_max: number;
  unused_after_ms: number;
  verify_entries_max: number;
  /** What stands after the colon in a control's evidence, in milliseconds; null where nothing does. */
  least_ms: number | null;
}

/** What a collector says; its id and query are added. */
export type Found = Omit<Evidence, "id" | "query" | "title">;

export interface Collector {
  title: string;
  collect(asked: Asked): Promise<Found>;
}

export const facts = (named: Readonly<Record<string, Cell>>): Evidence["facts"] =>
  Object.entries(named).map(([name, value]) => ({ name, value }));

/** As many rows as a report shows. */
export function tableOf(
  title: string,
  { columns, rows, most, isCut = false }: { columns: string[]; rows: Cell[][]; most: number; isCut?: boolean },
): Table {
  return { title, columns, rows: rows.slice(0, most), is_cut: isCut || rows.length > most };
}

/** The first of these that holds. */
export function firstFinding(rules: readonly (readonly [boolean, Finding])[], otherwise: Finding): Finding {
  return rules.find(([holds]) => holds)?.[1] ?? otherwise;
}

export const time = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const DAY_MS = 86_400_000;

export const days = (ms: number): number => Math.round((ms / DAY_MS) * 10) / 10;

/** "1 key", "2 keys". */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

export const within = ({ since_ms, until_ms }: Period, path: string): string =>
  `${path}${path.includes("?") ? "&" : "?"}since_ms=${since_ms}&until_ms=${until_ms}`;
