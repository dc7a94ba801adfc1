// Months as charge-back has them: whole ones of UTC, the newest first.
import { monthStart, type Stretch } from "../question.ts";

export interface Month extends Stretch {
  /** `2026-11`. */
  name: string;
  isOver: boolean;
}

const monthsBack = 12;

export function monthsUntil(nowMs: number): Month[] {
  return Array.from({ length: monthsBack }, (_, back) => {
    const since = monthStart(nowMs, -back);
    return {
      name: new Date(since).toISOString().slice(0, 7),
      since_ms: since,
      until_ms: back === 0 ? nowMs : monthStart(nowMs, 1 - back),
      isOver: back > 0,
    };
  });
}
