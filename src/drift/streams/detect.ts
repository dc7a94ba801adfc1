// Hour after hour of one figure through detectors that wait for a change: Page–Hinkley, ADWIN and CUSUM. They run from the
// beginning of the baseline each time, and so need no memory of their own.
import { createAdwin, createCusum, createPageHinkley } from "../../statistics/index.ts";
import { type Rhythm, type LevelSlice, standardised, type StreamFigure } from "./rhythm.ts";

export const streamDetectors = ["page_hinkley", "adwin", "cusum"] as const;
export type StreamDetector = (typeof streamDetectors)[number];

/** In deviations of single hours. */
export interface StreamSettings {
  page_hinkley: { delta: number; threshold: number };
  adwin: { delta: number };
  cusum: { slack: number; limit: number };
}

export interface StreamChange {
  figure: StreamFigure;
  detector: StreamDetector;
  /** The hour that told of it. */
  hour_ms: number;
  /** The mean of the last hours up to it, in deviations. */
  level: number;
}

/** One wild hour is not a change of level. */
const MOST = 4;
const LAST_HOURS = 6;

/** Ascending slices; those of the baseline among them. */
export function detectChanges(
  slices: readonly LevelSlice[],
  { rhythm, figure, settings }: { rhythm: Rhythm; figure: StreamFigure; settings: StreamSettings },
): StreamChange[] {
  const points = slices.flatMap((slice) => {
    const value = standardised(rhythm, slice, figure);
    return value === undefined ? [] : [{ hour_ms: slice.hour_ms, value: Math.min(Math.max(value, -MOST), MOST) }];
  });
  const running = {
    page_hinkley: createPageHinkley({ ...settings.page_hinkley, alpha: 1 }),
    adwin: createAdwin({ ...settings.adwin, clock: 1 }),
    cusum: cusumAsDetector(settings.cusum),
  };
  return points.flatMap(({ hour_ms, value }, place) => {
    const told = streamDetectors.filter((detector) => running[detector].update(value));
    const last = points.slice(Math.max(place + 1 - LAST_HOURS, 0), place + 1);
    const level = last.reduce((sum, each) => sum + each.value, 0) / last.length;
    return told.map((detector) => ({ figure, detector, hour_ms, level }));
  });
}

function cusumAsDetector({ slack, limit }: StreamSettings["cusum"]) {
  const cusum = createCusum({ target: 0, slack, limit });
  return { update: (value: number) => cusum.update(value).isAlarm };
}
