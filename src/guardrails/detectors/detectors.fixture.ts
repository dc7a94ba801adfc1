// Detectors for tests: what one of them finds in a text, as the text that it found.
import type { Detector, Finding, Side } from "../contract.ts";
import { detectorsConfigSchema } from "./config.ts";
import { createDetectors } from "./create-detectors.ts";

export interface Found {
  kind: string;
  text: string;
  score: number;
}

export function detectorNamed(name: string, config: object = {}): Detector {
  const found = createDetectors(detectorsConfigSchema.parse(config)).find((detector) => detector.name === name);
  if (found === undefined) throw new Error(`no detector ${name}`);
  return found;
}

export function findWith(detector: Detector, text: string, side: Side = "input"): Found[] {
  const findings = detector.find(text, { side, isFinal: true });
  return findings.map(({ kind, start, end, score }: Finding) => ({ kind, text: text.slice(start, end), score }));
}

/** "kind: text" of each. */
export function foundBy(detector: Detector, text: string, side: Side = "input"): string[] {
  return findWith(detector, text, side).map(({ kind, text: told }) => `${kind}: ${told}`);
}
