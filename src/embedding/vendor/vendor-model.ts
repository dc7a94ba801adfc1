// A vendor's embedding model. Each batch is one call to it, on record and with its cost.
import { createCancellation, toAppError } from "../../kernel/index.ts";
import {
  type CallerRequest,
  callVendor,
  createExchange,
  type Target,
  type VendorAnswer,
} from "../../providers/index.ts";
import type { EmbeddingConfig } from "../config.ts";
import type { EmbeddingModel } from "../embedding-model.ts";
import { embeddingErrors } from "../errors.ts";
import { openRecord, type VendorDeps } from "./open-record.ts";
import { readVectors } from "./read-vectors.ts";

const ANSWER_BYTES_MAX = 64 * 1024 * 1024;

export function createVendorModel({ model, timeout }: EmbeddingConfig, deps: VendorDeps): EmbeddingModel {
  return {
    name: model,
    dimensions: undefined,
    async embed(texts) {
      const target = deps.providers.resolve(model);
      if (!target) throw embeddingErrors.unknown_model({ model });
      return askOnRecord(target, { texts, timeoutMs: timeout }, deps);
    },
    close: () => undefined,
  };
}

interface Asked {
  texts: readonly string[];
  timeoutMs: number;
}

async function askOnRecord(target: Target, asked: Asked, deps: VendorDeps): Promise<Float32Array[]> {
  const request = requestFor(target, asked.texts);
  const record = openRecord(target, request, deps);
  try {
    const answer = await ask(target, { ...asked, request, callId: record.callId }, deps);
    const vectors = readVectors(String(answer.text), asked.texts.length);
    record.succeed(answer);
    if (!vectors) throw embeddingErrors.failed({ model: target.id, detail: "vectors are missing in its answer" });
    return vectors;
  } catch (thrown) {
    const error = toAppError(thrown);
    record.fail(error);
    throw error;
  }
}

type WholeAnswer = Extract<VendorAnswer, { kind: "whole" }>;

/** Tried once: who wants vectors can do without them. */
async function ask(
  target: Target,
  { request, callId, timeoutMs }: Asked & { request: CallerRequest; callId: string },
  { world }: VendorDeps,
): Promise<WholeAnswer> {
  const cancellation = createCancellation();
  const late = embeddingErrors.timeout({ model: target.id, timeoutMs });
  const timer = setTimeout(() => cancellation.cancel(late), timeoutMs);
  try {
    const exchange = createExchange(target, request, { isStrict: false, callId });
    const credential = target.vendor.credentials.take(world.monotonicMs());
    const call = { target, credential, exchange, cancellation, answerBytesMax: ANSWER_BYTES_MAX };
    const answer = await callVendor(call, world);
    if (answer.kind !== "whole") throw embeddingErrors.failed({ model: target.id, detail: "its answer is a stream" });
    return answer;
  } catch (error) {
    throw cancellation.isCancelled ? cancellation.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

function requestFor({ model }: Target, texts: readonly string[]): CallerRequest {
  return {
    operation: "embeddings",
    dialect: "openai-chat",
    text: JSON.stringify({ model, input: texts }),
    model,
    stream: false,
    includeUsage: false,
  };
}
