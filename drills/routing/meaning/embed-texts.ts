// Vectors of many texts by the built-in model, as routing would have them.
import { createEmbedder, embeddingConfigSchema } from "../../../src/embedding/index.ts";
import { createWorld, isAppError } from "../../../src/kernel/index.ts";
import type { DrillContext } from "../../drill.ts";

export interface Vectors {
  /** Of length 0 where the text is none for the model. */
  of(text: string): Float32Array;
  /** Of the model, milliseconds of wall time. */
  textMs: number;
}

const TEXTS_AT_ONCE = 32;
const SAID_EVERY = TEXTS_AT_ONCE * 30;

export async function embedTexts(all: readonly string[], { say, signal, defer }: DrillContext): Promise<Vectors> {
  const config = embeddingConfigSchema.parse({ timeout: "10m", text_chars_max: 100_000, remembered_texts_max: 0 });
  const embedder = createEmbedder(config, {
    world: createWorld(),
    ledger: { open: unused },
    providers: { resolve: () => undefined, price: unused },
  });
  defer(() => embedder.close());
  const texts = [...new Set(all)];
  const vectors = new Map<string, Float32Array>();
  await embedder.embed(["the model is loaded first"]);
  const startedMs = performance.now();
  for (let place = 0; place < texts.length; place += TEXTS_AT_ONCE) {
    signal.throwIfAborted();
    const some = texts.slice(place, place + TEXTS_AT_ONCE);
    const found = await Promise.all(some.map((text) => embedder.embed([text]).catch(notEnglish)));
    for (const [at, text] of some.entries()) vectors.set(text, found[at]?.[0] ?? NOTHING);
    if (place % SAID_EVERY === 0) say(`${place} of ${texts.length} texts have vectors`);
  }
  const textMs = (performance.now() - startedMs) / Math.max(1, texts.length);
  return { of: (text) => vectors.get(text) ?? NOTHING, textMs };
}

const NOTHING = new Float32Array();

function notEnglish(error: unknown): Float32Array[] {
  if (isAppError(error) && error.code === "embedding.not_its_language") return [];
  throw error;
}

function unused(): never {
  throw new Error("the built-in model asks no vendor");
}
