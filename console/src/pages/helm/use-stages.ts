// Lets a page come in stages: what stands further down is drawn when the browser has nothing better to do, so that what stands above
// can be read and pressed before; and not before that has its size, or it would be pushed away from under a hand.
import { startTransition, useEffect, useState } from "react";

/** However busy the browser is, the next stage comes by then. */
const LATEST_MS = 500;

/** Whoever waits for an answer for so long waits no more. */
const HELD_MS = 1000;

/** Counts from 0 to `last`, one each time that the browser is idle; -1 while what stands above all of it waits for its answer. */
export function useStages(last: number, { isHeld }: { isHeld: boolean }): number {
  const [stage, setStage] = useState(0);
  const [isLate, setLate] = useState(false);
  const isOpen = !isHeld || isLate;
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), HELD_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (!isOpen || stage >= last) return undefined;
    return whenIdle(() => startTransition(() => setStage(stage + 1)));
  }, [stage, last, isOpen]);
  return isOpen ? stage : -1;
}

/** Returns what calls it off. Safari has no idle callbacks. */
function whenIdle(work: () => void): () => void {
  if (!("requestIdleCallback" in globalThis)) {
    const timer = setTimeout(work, 0);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(work, { timeout: LATEST_MS });
  return () => cancelIdleCallback(asked);
}
