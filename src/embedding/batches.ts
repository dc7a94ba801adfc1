// Texts on their way to the model: one batch at a time, so that those which come meanwhile go together in the next one; each text once.
import type { EmbeddingConfig } from "./config.ts";
import { embeddingErrors } from "./errors.ts";

export interface Batches {
  /** Throws `embedding.too_many`, and rejects with what the model throws. */
  add(text: string): Promise<Float32Array>;
}

interface Asked {
  text: string;
  promise: Promise<Float32Array>;
  resolve(vector: Float32Array): void;
  reject(reason: unknown): void;
}

const RETRY_AFTER_MS = 1000;

export function createBatches(
  { batch_texts_max, waiting_texts_max }: Pick<EmbeddingConfig, "batch_texts_max" | "waiting_texts_max">,
  embed: (texts: readonly string[]) => Promise<Float32Array[]>,
): Batches {
  const asked = new Map<string, Asked>();
  const waiting: Asked[] = [];
  let isRunning = false;

  async function run(batch: readonly Asked[]): Promise<void> {
    try {
      const vectors = await embed(batch.map(({ text }) => text));
      for (const [place, each] of batch.entries()) {
        const vector = vectors[place];
        if (!vector) throw new Error(`${vectors.length} vectors for ${batch.length} texts`);
        each.resolve(vector);
      }
    } catch (error) {
      for (const each of batch) each.reject(error);
    } finally {
      for (const { text } of batch) asked.delete(text);
    }
  }

  async function runAll(): Promise<void> {
    isRunning = true;
    // All that is asked for in this turn goes together.
    await Promise.resolve();
    while (waiting.length > 0) await run(waiting.splice(0, batch_texts_max));
    isRunning = false;
  }

  return {
    add(text) {
      const known = asked.get(text);
      if (known) return known.promise;
      if (waiting.length >= waiting_texts_max)
        throw embeddingErrors.too_many({ max: waiting_texts_max, retryAfterMs: RETRY_AFTER_MS });
      const { promise, resolve, reject } = Promise.withResolvers<Float32Array>();
      // Whoever asked may have left.
      promise.catch(() => undefined);
      const each = { text, promise, resolve, reject };
      asked.set(text, each);
      waiting.push(each);
      if (!isRunning) void runAll();
      return promise;
    },
  };
}
