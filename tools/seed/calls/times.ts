// When people and programs call: little at night, most before noon and in the afternoon, less at weekends.
import type { Dice } from "../dice.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Of an hour of the day (UTC), against the busiest. */
const OFFICE = [2, 1, 1, 1, 2, 5, 14, 38, 72, 95, 100, 92, 70, 82, 97, 94, 80, 58, 40, 30, 24, 18, 10, 5];
const HOME = [1, 0, 0, 0, 0, 1, 4, 6, 4, 4, 5, 6, 8, 12, 30, 62, 90, 100, 88, 70, 45, 20, 8, 3];
const NIGHT = [60, 90, 100, 80, 40, 10, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6, 10, 20, 40];
export const rhythms = { office: OFFICE, home: HOME, night: NIGHT };
export type Rhythm = keyof typeof rhythms;

const WEEKEND: Record<Rhythm, number> = { office: 0.28, home: 1.5, night: 1 };

/** Times in the week from `startMs`, in no order. */
export function createTimes(rhythm: Rhythm, { dice, startMs, days }: { dice: Dice; startMs: number; days: number }) {
  const hours = Array.from({ length: days * 24 }, (_, hour) => {
    const at = new Date(startMs + hour * HOUR_MS);
    const isWeekend = at.getUTCDay() === 0 || at.getUTCDay() === 6;
    const weight = (rhythms[rhythm][at.getUTCHours()] ?? 0) * (isWeekend ? WEEKEND[rhythm] : 1);
    return { hour, weight };
  });
  return (): number => Math.trunc(startMs + (dice.weighted(hours).hour + dice.random()) * HOUR_MS);
}

export { DAY_MS, HOUR_MS };
