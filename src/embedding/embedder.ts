// Texts as vectors, by the one model that the config names. Texts asked for at the same time go to it together; those seen
// lately are remembered. What the vectors are for is not known here.
import { LRUCache } from "lru-cache";
import { isAppError, sleep } from "../kernel/index.ts";
import { createBatches } from "./batches.ts";
import { createBuiltinModel } from "./builtin/builtin-model.ts";
import type { EmbeddingConfig } from "./config.ts";
import type { EmbeddingModel } from "./embedding-model.ts";
import { embeddingErrors } from "./errors.ts";
import type { VendorDeps } from "./vendor/open-record.ts";
import { createVendorModel } from "./vendor/vendor-model.ts";

export interface Embedder {
  /** Vectors of two models mean nothing beside each other: who keeps vectors keeps this with them. */
  readonly model: string;
  /** Texts do not leave this process. */
  readonly isLocal: boolean;
  /** How many numbers a vector has; undefined until a vendor's model has given its first. */
  readonly dimensions: number | undefined;
  /**
   * A vector for each text, of length one, in their order; nobody may change them. Throws `embedding.too_long`, `.not_its_language`, `.too_many`, `.timeout`, `.rests`,
   * `.failed`, `.unknown_model`, and the signal's reason.
   */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
  close(): Promise<void>;
}

export interface EmbedderDeps extends VendorDeps {
  /** In place of the one that the config names, for tests. */
  embeddingModel?: EmbeddingModel;
}

export function createEmbedder(config: EmbeddingConfig, deps: EmbedderDeps): Embedder {
  const model = deps.embeddingModel ?? modelFor(config, deps);
  const remembered = config.remembered_texts_max > 0 ? createMemory(config.remembered_texts_max) : undefined;
  const { world } = deps;
  let dimensions = model.dimensions;
  let restsUntilMs = Number.NEGATIVE_INFINITY;
  const batches = createBatches(config, async (texts) => {
    const vectors = await model.embed(texts).catch(leaveAlone);
    dimensions ??= vectors[0]?.length;
    for (const [place, vector] of vectors.entries()) remembered?.set(texts[place] ?? "", vector);
    return vectors;
  });

  /** Nobody shall wait again and again for what does not come. */
  function leaveAlone(error: unknown): never {
    restsUntilMs = world.monotonicMs() + config.rest;
    throw error;
  }

  function vectorOf(text: string): Float32Array | Promise<Float32Array> {
    const { length } = text;
    if (length > config.text_chars_max) throw embeddingErrors.too_long({ chars: length, max: config.text_chars_max });
    if (model.knows?.(text) === false) throw embeddingErrors.not_its_language({ model: model.name });
    const known = remembered?.get(text);
    if (known) return known;
    const retryAfterMs = restsUntilMs - world.monotonicMs();
    if (retryAfterMs > 0) throw embeddingErrors.rests({ model: model.name, retryAfterMs });
    return batches.add(text);
  }

  return {
    model: model.name,
    isLocal: config.model === "builtin",
    get dimensions() {
      return dimensions;
    },
    async embed(texts, signal) {
      signal?.throwIfAborted();
      const found = texts.map(vectorOf);
      if (found.every((each) => each instanceof Float32Array)) return found;
      return inTime(Promise.all(found), { timeoutMs: config.timeout, model: model.name, signal }).catch(
        (error: unknown) => {
          if (isAppError(error) && error.code === "embedding.timeout") leaveAlone(error);
          throw error;
        },
      );
    },
    close: async () => model.close(),
  };
}

function createMemory(max: number) {
  return new LRUCache<string, Float32Array>({ max });
}

function modelFor(config: EmbeddingConfig, deps: EmbedderDeps): EmbeddingModel {
  if (config.model === "builtin") return createBuiltinModel();
  return createVendorModel(config, deps);
}

interface Waiting {
  timeoutMs: number;
  model: string;
  signal: AbortSignal | undefined;
}

/** The work goes on for others, and for the memory. */
async function inTime<Result>(work: Promise<Result>, { timeoutMs, model, signal }: Waiting): Promise<Result> {
  const waiting = new AbortController();
  const leave = (): void => waiting.abort(signal?.reason);
  signal?.addEventListener("abort", leave, { once: true });
  const late = sleep(timeoutMs, waiting.signal).then(() => {
    throw signal?.aborted ? signal.reason : embeddingErrors.timeout({ model, timeoutMs });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    signal?.removeEventListener("abort", leave);
    late.catch(() => undefined);
    work.catch(() => undefined);
    waiting.abort();
  }
}
