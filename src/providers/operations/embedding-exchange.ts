// Embeddings between a caller and a vendor: passed through where both use the same format, translated where they do not.
import type { DialectName } from "../contract.ts";
import { providersErrors } from "../errors.ts";
import type { CallerRequest } from "../exchange/caller-request.ts";
import { type Exchange, type ExchangeOptions, JSON_TYPE, neverStreamed } from "../exchange/exchange.ts";
import type { Dropped } from "../formats/dialect.ts";
import { embeddingCallers, type EmbeddingRequest, embeddingVendors } from "../formats/embeddings/index.ts";
import { noFacts } from "../passthrough/answer-facts.ts";
import { rewriteRequest } from "../passthrough/rewrite-request.ts";
import type { Target } from "../target.ts";

/** In which format callers of a dialect embed. */
const callerFormats: Partial<Record<DialectName, keyof typeof embeddingCallers>> = {
  "openai-chat": "openai",
  gemini: "gemini",
  "cohere-chat": "cohere",
};

/** Throws `providers.bad_request`, `providers.not_offered` and, when strict, `providers.not_translatable`. */
export function createEmbeddingExchange(
  { vendor, model, id }: Target,
  caller: CallerRequest,
  { isStrict }: ExchangeOptions,
): Exchange {
  const theirs = vendor.formats.embeddings;
  const ours = callerFormats[caller.dialect];
  if (!theirs || !ours) throw providersErrors.not_offered({ target: id, operation: caller.operation });
  const request = embeddingCallers[ours].readRequest(JSON.parse(caller.text), caller.model);
  const written = embeddingVendors[theirs].writeRequest(request, model);
  const isPassed = theirs === ours;
  const dropped = isPassed ? [] : written.dropped;
  if (isStrict && dropped.length > 0) throw providersErrors.not_translatable({ target: id, dialect: theirs, dropped });
  // Gemini has the model in the address, and in the body of each input again.
  const isRenamed = isPassed && theirs !== "gemini";
  return {
    dialect: caller.dialect,
    path: written.path,
    headers: { "content-type": JSON_TYPE },
    body: isRenamed
      ? rewriteRequest(caller.text, caller, { model, includeUsage: false })
      : JSON.stringify(written.body),
    dropped,
    isStreamed: () => false,
    readWhole(text) {
      const answer = embeddingVendors[theirs].readAnswer(JSON.parse(text));
      // With a vector missing, texts would get the vectors of others.
      const isWhole = answer?.quantised !== undefined || answer?.vectors.length === request.inputs.length;
      if (!answer || !isWhole) return undefined;
      const facts = { ...noFacts(), model: answer.model ?? model, usage: answer.usage };
      const said = isPassed
        ? text
        : writeAnswer({ ...answer, model: answer.model ?? model }, { ours, request, dropped });
      return { text: said, mediaType: JSON_TYPE, facts };
    },
    createMeter: neverStreamed,
  };
}

type EmbeddingAnswer = NonNullable<ReturnType<(typeof embeddingVendors)["openai"]["readAnswer"]>>;

function writeAnswer(
  answer: EmbeddingAnswer,
  { ours, request, dropped }: { ours: keyof typeof embeddingCallers; request: EmbeddingRequest; dropped: Dropped[] },
): string {
  return JSON.stringify(embeddingCallers[ours].writeAnswer(answer, request, dropped));
}
