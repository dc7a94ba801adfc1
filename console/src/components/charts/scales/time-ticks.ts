// The lying scale of a chart: marks at round moments of the reader's own day, and how each is written.
import { onFirstUse } from "../../../format/on-first-use.ts";

export interface TimeTick {
  atMs: number;
  label: string;
  /** Begins a day, or with longer steps a year: written a little darker. */
  isMain: boolean;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  ...[1, 5, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14].map((count) => count * day),
];
const months = [1, 2, 3, 6, ...[1, 2, 5, 10, 20, 50].map((years) => years * 12)];

const clock = onFirstUse(() => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }));
const clockSeconds = onFirstUse(
  () => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
);
const dayName = onFirstUse(() => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" }));
const monthName = onFirstUse(() => new Intl.DateTimeFormat("en-GB", { month: "short" }));

/** At most `count` marks from `startMs` to `endMs`. */
export function chooseTimeTicks(startMs: number, endMs: number, count: number): TimeTick[] {
  const rough = (endMs - startMs) / Math.max(1, count);
  if (!(rough > 0)) return [];
  const step = steps.find((size) => size >= rough);
  const all = step === undefined ? monthTicks(startMs, endMs, rough) : stepTicks(startMs, endMs, step);
  return all.filter(({ atMs }) => atMs >= startMs && atMs <= endMs);
}

/** Where the present is on the chart: within it, or at its end if that was just now; null on a chart of the past. */
export function presentIn({ startMs, endMs }: { startMs: number; endMs: number }, nowMs: number): number | null {
  if (nowMs < startMs) return null;
  return nowMs - endMs <= Math.max(15_000, (endMs - startMs) / 60) ? Math.min(nowMs, endMs) : null;
}

function stepTicks(startMs: number, endMs: number, step: number): TimeTick[] {
  if (step >= day) return momentsByDay(startMs, endMs, step / day).map(dayTick);
  return momentsByDay(startMs, endMs, 1).flatMap((midnight) => withinDay(midnight, step));
}

/** Midnights, by the calendar rather than by 24 hours: a day in which clocks change has 23 or 25. */
function momentsByDay(startMs: number, endMs: number, everyDays: number): Date[] {
  const start = new Date(startMs);
  const found: Date[] = [];
  // Counted from the first of January, so that the marks stay on their days while the chart moves on.
  const first = dayOfYear(start) - (dayOfYear(start) % everyDays);
  for (let index = first; ; index += everyDays) {
    const midnight = new Date(start.getFullYear(), 0, 1 + index);
    if (midnight.getTime() > endMs) return found;
    found.push(midnight);
  }
}

function dayOfYear(moment: Date): number {
  const first = Date.UTC(moment.getFullYear(), 0, 1);
  return Math.round((Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate()) - first) / day);
}

/** The marks of one day: by the hands of its clock from an hour on, by the time that passes below that. */
function withinDay(midnight: Date, step: number): TimeTick[] {
  const [year, month, date] = [midnight.getFullYear(), midnight.getMonth(), midnight.getDate()];
  const next = new Date(year, month, date + 1).getTime();
  const moments: number[] = [];
  if (step >= hour) {
    for (let at = 0; at < 24; at += step / hour) moments.push(new Date(year, month, date, at).getTime());
  } else {
    for (let at = midnight.getTime(); at < next; at += step) moments.push(at);
  }
  return moments.map((atMs) =>
    atMs === midnight.getTime()
      ? dayTick(midnight)
      : { atMs, label: (step < minute ? clockSeconds() : clock()).format(atMs), isMain: false },
  );
}

function dayTick(midnight: Date): TimeTick {
  return { atMs: midnight.getTime(), label: dayName().format(midnight), isMain: true };
}

function monthTicks(startMs: number, endMs: number, rough: number): TimeTick[] {
  const year = new Date(startMs).getFullYear();
  const every = months.find((size) => size * 30.6 * day >= rough) ?? 1200;
  // From a year on that the step divides: the marks stay where they are while the chart moves on.
  const firstYear = year - (year % Math.max(1, every / 12));
  const found: TimeTick[] = [];
  for (let month = 0; ; month += every) {
    const first = new Date(firstYear, month, 1);
    if (first.getTime() > endMs) return found;
    const isYear = first.getMonth() === 0;
    found.push({
      atMs: first.getTime(),
      label: isYear ? String(first.getFullYear()) : monthName().format(first),
      isMain: isYear,
    });
  }
}
