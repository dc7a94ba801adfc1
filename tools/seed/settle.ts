// Waits until what has happened is on record and the alert rules were looked at after that.
import type { BinnacleClient } from "../../client/index.ts";

const PAUSE_MS = 50;
/** Far more than it takes. */
const BOUND_MS = 60_000;

export function createSettle(owner: BinnacleClient): () => Promise<void> {
  const evaluatedAt = async (): Promise<number> => (await owner.alerts.list()).evaluation.evaluated_at_ms ?? 0;
  return async () => {
    await until(async () => (await owner.status()).ledger.pending_records === 0);
    // The look under way may have begun before that: the one after it counts.
    for (let looks = 0; looks < 2; looks += 1) {
      const before = await evaluatedAt();
      await until(async () => (await evaluatedAt()) > before);
    }
  };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + BOUND_MS;
  while (!(await condition())) {
    if (performance.now() > endMs) throw new Error("the week did not settle: records or alerts are late");
    await Bun.sleep(PAUSE_MS);
  }
}
