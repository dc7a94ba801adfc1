// Reranking: callers speak Cohere's format, vendors one of several that are nearly it.
import { providersErrors } from "../errors.ts";
import type { CallerRequest } from "../exchange/caller-request.ts";
import { type Exchange, type ExchangeOptions, JSON_TYPE, neverStreamed } from "../exchange/exchange.ts";
import { rerankCallers, rerankVendors } from "../formats/rerank/index.ts";
import { noFacts } from "../passthrough/answer-facts.ts";
import type { Target } from "../target.ts";

/** Throws `providers.bad_request`, `providers.not_offered` and, when strict, `providers.not_translatable`. */
export function createRerankExchange(
  { vendor, model, id }: Target,
  caller: CallerRequest,
  { isStrict }: ExchangeOptions,
): Exchange {
  const theirs = vendor.formats.rerank;
  if (!theirs) throw providersErrors.not_offered({ target: id, operation: caller.operation });
  const ours = rerankCallers[caller.version === 1 ? "cohere-v1" : "cohere-v2"];
  const request = ours.readRequest(JSON.parse(caller.text));
  const { path, body, dropped } = rerankVendors[theirs].writeRequest(request, model);
  if (isStrict && dropped.length > 0) throw providersErrors.not_translatable({ target: id, dialect: theirs, dropped });
  return {
    dialect: caller.dialect,
    path,
    headers: { "content-type": JSON_TYPE },
    body: JSON.stringify(body),
    dropped,
    isStreamed: () => false,
    readWhole(text) {
      const answer = rerankVendors[theirs].readAnswer(JSON.parse(text), request.documents.length);
      if (!answer) return undefined;
      const facts = { ...noFacts(), response_id: answer.id ?? null, model: answer.model ?? model, usage: answer.usage };
      return { text: JSON.stringify(ours.writeAnswer(answer, request)), mediaType: JSON_TYPE, facts };
    },
    createMeter: neverStreamed,
  };
}
