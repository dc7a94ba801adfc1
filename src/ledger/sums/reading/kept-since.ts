// From when on there are sums by minute and by hour. Tables are let go a day later than this says, so that nobody reads one that
// is going.
import { type Grain, grainMs } from "../cubes.ts";
import type { SumsConfig } from "../config.ts";
import { floorTo, type KeptSince } from "./plan-pieces.ts";

/** On the edge of the next coarser grain: an hour has all its minutes or none. */
export function keptSince(
  { minutes_kept, hours_kept }: Pick<SumsConfig, "minutes_kept" | "hours_kept">,
  nowMs: number,
): KeptSince {
  return { minute: floorTo("hour", nowMs - minutes_kept), hour: floorTo("day", nowMs - hours_kept) };
}

/** Tables that end before this moment may go. */
export function goneBefore(grain: Exclude<Grain, "day">, since: KeptSince): number {
  return since[grain] - grainMs.day;
}
