// Which kept sums answer for which part of a stretch of time. Whole days come from the table of days, what is over at the ends from
// hours and minutes, and what is behind from the next finer one, down to the records: so the answer is exact at any moment.
import { type Grain, grainMs } from "../cubes.ts";

export interface Stretch {
  fromMs: number;
  /** Exclusive. */
  untilMs: number;
}

/** What is behind: the starts of minutes whose records changed, and of hours and days whose parts were summed anew. */
export type Behind = Record<Grain, ReadonlySet<number>>;

/** From when on there are sums by minute, and by hour. Before it, what is behind is made from the records of that hour or day. */
export interface KeptSince {
  minute: number;
  hour: number;
}

export type Pieces = Record<Grain | "records", Stretch[]>;

interface PlanOptions {
  behind: Behind;
  keptSince: KeptSince;
  /** The coarsest that may be used: buckets of an hour cannot be made from days. */
  coarsest: Grain;
}

const finer: Partial<Record<Grain, Grain>> = { day: "hour", hour: "minute" };

/** The stretch in whole minutes; before there are minutes in whole hours, and before those in whole days. */
export function widen({ fromMs, untilMs }: Stretch, keptSince: KeptSince): Stretch {
  const grainAt = (ms: number): Grain => (ms >= keptSince.minute ? "minute" : ms >= keptSince.hour ? "hour" : "day");
  const from = floorTo(grainAt(fromMs), fromMs);
  const last = grainAt(untilMs);
  const floor = floorTo(last, untilMs);
  return { fromMs: from, untilMs: Math.max(floor === untilMs ? untilMs : floor + grainMs[last], from) };
}

export function floorTo(grain: Grain, ms: number): number {
  return Math.floor(ms / grainMs[grain]) * grainMs[grain];
}

/** The stretch must be widened. The pieces cover it once; those of a grain are in order, and neighbours are joined. */
export function planPieces(stretch: Stretch, options: PlanOptions): Pieces {
  const pieces: Pieces = { minute: [], hour: [], day: [], records: [] };
  cover(stretch, options.coarsest, { ...options, pieces, stale: staleIn(options.behind) });
  return pieces;
}

/** An hour is behind where one of its minutes is, and so on. */
function staleIn(behind: Behind): Behind {
  const hour = new Set([...behind.hour, ...[...behind.minute].map((ms) => floorTo("hour", ms))]);
  const day = new Set([...behind.day, ...[...hour].map((ms) => floorTo("day", ms))]);
  return { minute: behind.minute, hour, day };
}

interface Covering extends PlanOptions {
  pieces: Pieces;
  stale: Behind;
}

function cover({ fromMs, untilMs }: Stretch, grain: Grain, covering: Covering): void {
  const { pieces, stale } = covering;
  const below = finer[grain];
  const step = grainMs[grain];
  let atMs = fromMs;
  while (atMs < untilMs) {
    const endMs = Math.min(floorTo(grain, atMs) + step, untilMs);
    const isWhole = endMs - atMs === step;
    if (isWhole && !stale[grain].has(atMs)) add(pieces[grain], { fromMs: atMs, untilMs: endMs });
    else if (below && hasGrain(below, atMs, covering)) cover({ fromMs: atMs, untilMs: endMs }, below, covering);
    else add(pieces.records, { fromMs: atMs, untilMs: endMs });
    atMs = endMs;
  }
}

function hasGrain(grain: Grain, atMs: number, { keptSince }: Covering): boolean {
  return grain === "day" || atMs >= keptSince[grain];
}

function add(stretches: Stretch[], next: Stretch): void {
  const last = stretches.at(-1);
  if (last?.untilMs === next.fromMs) last.untilMs = next.untilMs;
  else stretches.push({ ...next });
}
