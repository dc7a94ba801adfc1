// A section of the file, such as `teams`: what may stand in it, what stands now, and how that is changed. Rooms above
// add sections of their own; all of them are planned together and written in one transaction.
import type { z } from "zod";
import type { Writing } from "../changes/store.ts";
import type { Principal } from "../principal.ts";

export interface Section {
  /** Its key in the file. */
  readonly name: string;
  /** One entry as the file says it, without its name; strict, and with its defaults filled in. */
  readonly entry: z.ZodType;
  /** All that stand now, in pages. Within a change, nobody else changes them meanwhile. */
  names(writing: Writing | undefined): AsyncIterable<readonly Named[]>;
  /** What some of them say. */
  read(writing: Writing | undefined, ids: readonly string[]): Promise<readonly Standing[]>;
  /** Creates and changes. */
  put(writing: Writing, wanted: readonly Wanted[]): Promise<void | readonly CreatedSecret[]>;
  /** Called when all sections have been put, the last section first. */
  remove(writing: Writing, named: readonly Named[]): Promise<void>;
  /** Why this one is not pruned, if there is a reason. */
  keeps?(named: Named, asker: Principal): string | undefined;
}

export interface Named {
  name: string;
  /** Its own, where a name may be had by several. */
  id: string;
}

export interface Standing extends Named {
  /** As the file would say it, all fields. */
  settings: Settings;
}

export interface Wanted {
  name: string;
  settings: Settings;
  /** What it takes the place of; undefined for a new one. */
  standing: Standing | undefined;
}

export type Settings = Readonly<Record<string, unknown>>;

/** Of what was created; shown this once. */
export interface CreatedSecret {
  name: string;
  secret: string;
}
