// How a figure stands against the usual one, in words. Pure.

export interface Usual {
  value: number;
  now: number;
  formatted: string;
}

/** `▲ 12 % over the usual 1,204`, `▼ 8 % under …`, `as usual, 1,204`, `▲ 4.2 times the usual 12`. */
export function compareWithUsual({ value, now, formatted }: Usual): string {
  if (value === 0) return now === 0 ? `as usual, ${formatted}` : `▲ usually ${formatted}`;
  const ratio = now / value;
  const percent = Math.round(Math.abs(ratio - 1) * 100);
  if (percent === 0) return `as usual, ${formatted}`;
  if (ratio >= 2) return `▲ ${ratio >= 10 ? Math.round(ratio) : ratio.toFixed(1)} times the usual ${formatted}`;
  return ratio > 1 ? `▲ ${percent} % over the usual ${formatted}` : `▼ ${percent} % under the usual ${formatted}`;
}
