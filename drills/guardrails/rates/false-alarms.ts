// How often detectors tell something in texts where nothing is: ordinary questions, harmless requests that sound dangerous, and
// numbers by chance.
import type { Detector } from "../../../src/guardrails/contract.ts";

export interface FalseAlarms {
  detector: string;
  /** What it was tried on. */
  on: string;
  texts: number;
  /** Share of the texts in which something was told. */
  share: number;
}

export function falseAlarms(
  detectors: readonly Detector[],
  sets: readonly { on: string; texts: readonly string[] }[],
): FalseAlarms[] {
  return detectors.flatMap((detector) =>
    sets.map(({ on, texts }) => ({
      detector: detector.name,
      on,
      texts: texts.length,
      share:
        texts.filter((text) => detector.find(text, { side: "input", isFinal: true }).length > 0).length / texts.length,
    })),
  );
}

/** "order 48151623 of today" with so many digits, none of which means anything. */
export function numbersByChance(count: number, roll: () => number): string[] {
  return Array.from({ length: count }, () => {
    const length = 7 + Math.floor(roll() * 12);
    const digits = Array.from({ length }, () => Math.floor(roll() * 10)).join("");
    return `order ${digits} of today`;
  });
}
