// The built-in model, on a thread of its own: it takes milliseconds a text, for which no call shall wait that does not ask for it.
// The thread begins with the first text, and so does the memory that it takes.
import { Worker } from "node:worker_threads";
import type { EmbeddingModel } from "../embedding-model.ts";
import { embeddingErrors } from "../errors.ts";
import { atLengthOne } from "../similarity.ts";
import type { ThreadAnswer, ThreadRequest } from "./thread-messages.ts";

/** Universal Sentence Encoder, lite. */
const NAME = "universal-sentence-encoder-lite";
const DIMENSIONS = 512;

export function createBuiltinModel(): EmbeddingModel {
  let thread: Worker | undefined;
  let pending: PromiseWithResolvers<Float32Array[]> | undefined;

  function end(detail: string): void {
    pending?.reject(embeddingErrors.failed({ model: NAME, detail }));
    pending = undefined;
    void thread?.terminate();
    thread = undefined;
  }

  function start(): Worker {
    // A .ts file here, a .js file beside the program as it was built (tools/build-program.ts).
    const started = new Worker(new URL("./embed-in-thread", import.meta.url));
    started.unref();
    started.on("message", (answer: ThreadAnswer) => {
      if (answer.error !== undefined) return end(answer.error);
      pending?.resolve(answer.vectors.flatMap((vector) => atLengthOne(vector) ?? []));
      pending = undefined;
    });
    started.on("error", ({ message }) => thread === started && end(message));
    return started;
  }

  return {
    name: NAME,
    dimensions: DIMENSIONS,
    knows: isLikelyEnglish,
    async embed(texts) {
      if (pending) throw new Error("the thread is given one batch at a time");
      pending = Promise.withResolvers();
      const { promise } = pending;
      thread ??= start();
      thread.postMessage({ texts: [...texts] } satisfies ThreadRequest, []);
      return promise;
    },
    close: () => end("it was closed"),
  };
}

const LETTERS = /\p{L}/gu;
const PLAIN_LETTERS = /[a-z]/gi;
const PLAIN_SHARE_MIN = 0.9;

/** Letters that the model has no words for are all the same to it: two questions in Chinese would be alike. */
function isLikelyEnglish(text: string): boolean {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return count(PLAIN_LETTERS) >= count(LETTERS) * PLAIN_SHARE_MIN;
}
