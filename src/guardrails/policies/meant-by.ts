// What a policy means by the words it names findings with.
import type { Detector, Finding } from "../contract.ts";

type Named = Pick<Finding, "detector" | "kind">;

/** A kind of finding by a detector: two detectors may find the same kind, one of them sooner. */
export function mindedAs({ detector, kind }: Named): string {
  return `${detector} ${kind}`;
}

/** A detector's name stands for all of its kinds; a kind for the first detector that finds it. Undefined for what is neither. */
export function meantBy(said: string, detectors: readonly Detector[]): Named[] | undefined {
  const named = detectors.find(({ name }) => name === said);
  if (named) return named.kinds.map((kind) => ({ detector: said, kind }));
  const first = detectors.find(({ kinds }) => kinds.includes(said));
  return first && [{ detector: first.name, kind: said }];
}
