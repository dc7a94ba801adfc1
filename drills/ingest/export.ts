// Sends batches over several connections, as fast as they are answered or at a rate, and keeps account of those that were
// accepted.
import { createBatchMaker } from "./batches.ts";

export interface Receiver {
  url: string;
  key: string;
}

export interface Exporting {
  spansPerBatch: number;
  connections: number;
  /** As fast as they are answered, where it is left out. */
  spansPerSecond?: number;
  /** Numbers of batches, each of them given once in the drill. */
  nextBatch(): number;
  until: AbortSignal;
  /** Called when a batch was acknowledged. */
  onAcknowledged?: () => void;
}

export interface Exported {
  /** Batches that were answered with 200: all their spans are in the journal. */
  acknowledged: number[];
  /** Batches that were sent and whose answer never came: their spans may be there, or not. */
  cut: number;
  /** Batches that were turned away. */
  refused: number;
  elapsedMs: number;
  /** From the first byte sent to the answer, of each batch. */
  latenciesMs: number[];
}

const PAUSE_MS = 20;

/** Resolves when the last batch under way has been answered. */
export async function exportSpans({ url, key }: Receiver, exporting: Exporting): Promise<Exported> {
  const { connections, spansPerSecond, nextBatch, until } = exporting;
  const maker = createBatchMaker(exporting.spansPerBatch, connections * 2);
  const exported: Exported = { acknowledged: [], cut: 0, refused: 0, elapsedMs: 0, latenciesMs: [] };
  const beganMs = performance.now();
  let begun = 0;

  async function sendOne(): Promise<void> {
    const batch = nextBatch();
    const sentMs = performance.now();
    try {
      const response = await fetch(`${url}/v1/traces`, {
        method: "POST",
        headers: { "content-type": "application/x-protobuf", authorization: `Bearer ${key}` },
        body: maker.make(batch) as Uint8Array<ArrayBuffer>,
      });
      const answer = await response.bytes();
      if (response.status !== 200) exported.refused += 1;
      // An answer that says anything says that something was rejected.
      else if (answer.length === 0) {
        exported.acknowledged.push(batch);
        exporting.onAcknowledged?.();
      }
      if (response.status !== 200) await Bun.sleep(PAUSE_MS);
      exported.latenciesMs.push(performance.now() - sentMs);
    } catch {
      exported.cut += 1;
      await Bun.sleep(PAUSE_MS);
    }
  }

  async function sendAgainAndAgain(): Promise<void> {
    while (!until.aborted) {
      const dueMs =
        spansPerSecond === undefined ? 0 : beganMs + (begun * exporting.spansPerBatch * 1000) / spansPerSecond;
      begun += 1;
      if (performance.now() < dueMs) await Bun.sleep(dueMs - performance.now());
      if (!until.aborted) await sendOne();
    }
  }

  await Promise.all(Array.from({ length: connections }, sendAgainAndAgain));
  exported.elapsedMs = performance.now() - beganMs;
  return exported;
}
