// How much of what is marked as personal data is found, and how much of what is found is marked: by kind, a find counts where it
// overlaps a mark of its kind.
import type { Detector, Finding } from "../../../src/guardrails/contract.ts";
import type { MarkedText } from "../data/pii-texts.ts";

export interface KindRates {
  kind: string;
  marks: number;
  recall: number;
  precision: number;
  /** Covered by a find of whatever kind: masked all the same. */
  covered: number;
}

interface Counts {
  marks: number;
  found: number;
  covered: number;
  right: number;
  wrong: number;
}

export function piiRates(detectors: readonly Detector[], texts: readonly MarkedText[]): KindRates[] {
  const counts = new Map<string, Counts>();
  const of = (kind: string): Counts => {
    const known = counts.get(kind) ?? { marks: 0, found: 0, covered: 0, right: 0, wrong: 0 };
    counts.set(kind, known);
    return known;
  };
  for (const { text, marks } of texts) {
    const findings = detectors
      .flatMap((detector) => detector.find(text, { side: "input", isFinal: true }))
      .map((finding) => ({ ...finding, kind: finding.kind === "date_of_birth" ? "date" : finding.kind }));
    for (const mark of marks) {
      const count = of(mark.kind);
      const over = findings.filter((finding) => overlaps(finding, mark));
      count.marks++;
      if (over.length > 0) count.covered++;
      if (over.some(({ kind }) => kind === mark.kind)) count.found++;
    }
    for (const finding of findings) {
      const isRight = marks.some((mark) => mark.kind === finding.kind && overlaps(finding, mark));
      if (isRight) of(finding.kind).right++;
      else of(finding.kind).wrong++;
    }
  }
  return [...counts].map(([kind, count]) => ratesOf(kind, count)).sort((a, b) => b.marks - a.marks);
}

function ratesOf(kind: string, { marks, found, covered, right, wrong }: Counts): KindRates {
  return {
    kind,
    marks,
    recall: marks === 0 ? 0 : found / marks,
    precision: right + wrong === 0 ? 1 : right / (right + wrong),
    covered: marks === 0 ? 0 : covered / marks,
  };
}

function overlaps(finding: Pick<Finding, "start" | "end">, mark: { start: number; end: number }): boolean {
  return finding.start < mark.end && finding.end > mark.start;
}
