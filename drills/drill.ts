// What a drill is: something done to a throw-away installation, and what must hold afterwards. Everything around it (the
// folder, the seed, cleaning up, telling) is run/'s business.
import type { z } from "zod";

export interface Drill<Options extends z.ZodObject = z.ZodObject> {
  name: string;
  /** One line: what is done, and what must hold. */
  summary: string;
  /** How long it takes with its defaults, for people. */
  takes: string;
  /** Strings from the command line become values; each option has a default and a description. */
  options: Options;
  /** Throws what it cannot go on with; what does not hold is in the result. */
  run(context: DrillContext, options: z.output<Options>): Promise<DrillResult>;
}

export interface DrillContext {
  /** Of the project. */
  root: string;
  /** Empty, and removed at the end. */
  folder: string;
  seed: number;
  /** Aborts when the operator interrupts the drill: nothing may be started any more. */
  signal: AbortSignal;
  /** A line of progress for whoever waits. */
  say(text: string): void;
  /** Runs at the end, however the drill ends, the last one first. */
  defer(cleanUp: () => Promise<void>): void;
}

export interface Check {
  /** A sentence that should be true. */
  that: string;
  holds: boolean;
  /** What was found. */
  found: string;
}

export type Figures = Record<string, number | string | null>;

export interface DrillResult {
  checks: Check[];
  /** Names are snake_case and end in their unit; they go into the JSON line as they are. */
  figures: Figures;
  /** A table of its own, the heading first, where figures alone do not tell it. */
  table?: string[][];
}

/** Lets a drill's `run` see its own options' types, while the catalogue holds drills of all kinds. */
export function defineDrill<Options extends z.ZodObject>(drill: Drill<Options>): Drill {
  return { ...drill, run: (context, options) => drill.run(context, drill.options.parse(options)) };
}
