// How much there is of everything, by the name of a size.

export interface Size {
  calls: number;
  /** Of them, those of people who try again while a vendor is down. */
  rush: number;
  /** Traces that other programs report. */
  traces: number;
  /** Spans of the greatest trace; none where there is no such trace. */
  greatTrace: number;
}

export const sizes = {
  small: { calls: 2000, rush: 80, traces: 24, greatTrace: 0 },
  normal: { calls: 40_000, rush: 500, traces: 300, greatTrace: 0 },
  huge: { calls: 90_000, rush: 1000, traces: 900, greatTrace: 5000 },
} as const satisfies Record<string, Size>;
export type SizeName = keyof typeof sizes;
