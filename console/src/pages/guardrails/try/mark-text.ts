// A text cut at its findings, so that what was found can be marked. Where findings lie over each other, a stretch has them all.

export interface Found {
  start: number;
  end: number;
}

export interface Stretch<F> {
  text: string;
  findings: readonly F[];
}

export function markText<F extends Found>(text: string, findings: readonly F[]): Stretch<F>[] {
  const inside = (at: number): number => Math.min(text.length, Math.max(0, at));
  const cuts = new Set([0, text.length, ...findings.flatMap(({ start, end }) => [inside(start), inside(end)])]);
  const places = [...cuts].toSorted((a, b) => a - b);
  return places.slice(0, -1).map((from, index) => {
    const to = places[index + 1] ?? text.length;
    return { text: text.slice(from, to), findings: findings.filter(({ start, end }) => start <= from && end >= to) };
  });
}
