import { describe, expect, test } from "bun:test";
import { createWorld } from "../kernel/index.ts";
import { embeddingConfigSchema } from "./config.ts";
import { createEmbedder } from "./embedder.ts";
import type { EmbeddingModel } from "./embedding-model.ts";
import { similarity } from "./similarity.ts";

const nobody = {
  open: () => {
    throw new Error("nothing is recorded here");
  },
};
const noVendors = { resolve: () => undefined, price: () => ({ usd_micros: null, price_version: null }) };

/** A model that tells what it was asked, and answers when it is let. */
function toyModel() {
  const batches: string[][] = [];
  let gate: Promise<void> = Promise.resolve();
  const embeddingModel: EmbeddingModel = {
    name: "toy",
    dimensions: undefined,
    async embed(texts) {
      batches.push([...texts]);
      await gate;
      if (texts.includes("bad")) throw new Error("cannot");
      return texts.map((text) => Float32Array.of(text.length, 1));
    },
    close: () => undefined,
  };
  return { batches, embeddingModel, hold: (until: Promise<void>) => void (gate = until) };
}

function embedderOf(config: object, embeddingModel?: EmbeddingModel, world = createWorld()) {
  return createEmbedder(embeddingConfigSchema.parse(config), {
    world,
    ledger: nobody,
    providers: noVendors,
    ...(embeddingModel && { embeddingModel }),
  });
}

describe("an embedder", () => {
  test("embeds each text once, in batches, and gives the vectors in order", async () => {
    const { batches, embeddingModel } = toyModel();
    const embedder = embedderOf({ batch_texts_max: 2 }, embeddingModel);
    const [vectors, again] = await Promise.all([embedder.embed(["a", "bb", "a", "ccc"]), embedder.embed(["bb"])]);
    expect(vectors.map(([length]) => length)).toEqual([1, 2, 1, 3]);
    expect(again[0]).toBe(vectors[1] as Float32Array);
    expect(batches).toEqual([["a", "bb"], ["ccc"]]);
    expect(embedder.dimensions).toBe(2);
  });

  test("remembers texts, up to its bound", async () => {
    const { batches, embeddingModel } = toyModel();
    const embedder = embedderOf({ remembered_texts_max: 1 }, embeddingModel);
    for (const text of ["a", "a", "bb", "a"]) await embedder.embed([text]);
    expect(batches).toEqual([["a"], ["bb"], ["a"]]);
  });

  test("refuses what is too long, and what finds no place to wait", async () => {
    const { embeddingModel, hold } = toyModel();
    const { promise, resolve } = Promise.withResolvers<void>();
    hold(promise);
    const embedder = embedderOf({ text_chars_max: 5, waiting_texts_max: 1 }, embeddingModel);
    expect(embedder.embed(["123456"])).rejects.toMatchObject({ code: "embedding.too_long" });
    const first = embedder.embed(["a"]);
    await Promise.resolve();
    await Promise.resolve();
    const second = embedder.embed(["b"]);
    expect(embedder.embed(["c"])).rejects.toMatchObject({ code: "embedding.too_many" });
    resolve();
    expect(await Promise.all([first, second])).toHaveLength(2);
  });

  test("lets those go who waited too long or hung up, and the work goes on", async () => {
    const { batches, embeddingModel, hold } = toyModel();
    const { promise, resolve } = Promise.withResolvers<void>();
    hold(promise);
    const embedder = embedderOf({ timeout: 5, rest: 0 }, embeddingModel);
    const hangUp = new AbortController();
    const left = embedder.embed(["a"], hangUp.signal);
    hangUp.abort(new Error("gone"));
    expect(left).rejects.toThrow("gone");
    expect(embedder.embed(["a"])).rejects.toMatchObject({ code: "embedding.timeout" });
    await embedder.embed(["b"]).catch(() => undefined);
    resolve();
    await promise;
    const [vector] = await embedder.embed(["a"]);
    expect(vector?.[0]).toBe(1);
    expect(batches[0]).toEqual(["a"]);
  });

  test("tells all of a batch that it failed, and goes on", async () => {
    const { embeddingModel } = toyModel();
    const embedder = embedderOf({ rest: 0 }, embeddingModel);
    expect(embedder.embed(["bad"])).rejects.toThrow("cannot");
    await embedder.embed(["bad"]).catch(() => undefined);
    expect(await embedder.embed(["good"])).toHaveLength(1);
  });

  test("leaves a model that failed alone for a while, but for what is remembered", async () => {
    let nowMs = 0;
    const { batches, embeddingModel } = toyModel();
    const embedder = embedderOf({ rest: 1000 }, embeddingModel, createWorld({ monotonicMs: () => nowMs }));
    await embedder.embed(["a"]);
    await embedder.embed(["bad"]).catch(() => undefined);
    expect(embedder.embed(["b"])).rejects.toMatchObject({ code: "embedding.rests", retryAfterMs: 1000 });
    expect(await embedder.embed(["a"])).toHaveLength(1);
    nowMs = 1000;
    expect(await embedder.embed(["b"])).toHaveLength(1);
    expect(batches).toEqual([["a"], ["bad"], ["b"]]);
  });

  test("finds two ways of asking the same nearer than another question, with the built-in model", async () => {
    const embedder = embedderOf({ timeout: "60s" });
    const [one, same, other] = await embedder.embed([
      "How do I learn to play the guitar?",
      "What is the best way to learn guitar?",
      "Which city has the oldest tram in Europe?",
    ]);
    expect(embedder.embed(["罗盘在夜里怎么照明？"])).rejects.toMatchObject({ code: "embedding.not_its_language" });
    await embedder.close();
    if (!one || !same || !other) throw new Error("no vectors");
    expect(one).toHaveLength(512);
    expect(similarity(one, one)).toBeCloseTo(1, 5);
    expect(similarity(one, same)).toBeGreaterThan(0.8);
    expect(similarity(one, other)).toBeLessThan(0.6);
  }, 90_000);

  test("says so where the config names no model that is known", async () => {
    expect(embedderOf({ model: "nobody/nothing" }).embed(["a"])).rejects.toMatchObject({
      code: "embedding.unknown_model",
    });
  });
});
