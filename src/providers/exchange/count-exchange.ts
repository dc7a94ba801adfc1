// How many tokens a request would take in: the vendor is asked where it counts them; else it is said that this is an estimate.
import type { Extra } from "../contract.ts";
import { providersErrors } from "../errors.ts";
import type { Dropped } from "../formats/dialect.ts";
import { dialectOf } from "../formats/dialects.ts";
import { estimateTokens } from "../needs/estimate-tokens.ts";
import { noFacts } from "../passthrough/answer-facts.ts";
import type { Target } from "../target.ts";
import { wireOf } from "../vendors/index.ts";
import { ownBytes } from "./chat-exchange.ts";
import { type CallerRequest, readCountRequest } from "./caller-request.ts";
import { type Exchange, type ExchangeOptions, JSON_TYPE, neverStreamed } from "./exchange.ts";

const ESTIMATED: Dropped = { what: "input_tokens", why: "estimated here: the vendor does not count them" };

/** Throws as a chat's exchange does. */
export function createCountExchange(target: Target, caller: CallerRequest, { isStrict }: ExchangeOptions): Exchange {
  const { vendor, model, id } = target;
  const dialects = vendor
    .dialectsOf(model)
    .toSorted((a, b) => Number(b === caller.dialect) - Number(a === caller.dialect));
  // Some count in one of their dialects alone.
  const dialect = dialects.find((each) => wireOf(each, vendor.cloud).countPath?.(model) !== undefined) ?? dialects[0];
  const ours = dialectOf(caller.dialect).caller.counting;
  if (!ours || !dialect) throw providersErrors.not_offered({ target: id, operation: caller.operation });
  const request = readCountRequest(caller);
  const { counting, writeRequest } = dialectOf(dialect).vendor;
  const wire = wireOf(dialect, vendor.cloud);
  const path = wire.countPath?.(model);
  const isCounted = counting !== undefined && path !== undefined;
  const { body, dropped } = writeRequest(request, { model, quirks: vendor.quirks });
  const told = isCounted ? dropped : [ESTIMATED];
  if (isStrict && told.length > 0) throw providersErrors.not_translatable({ target: id, dialect, dropped: told });
  const answer = (tokens: number | undefined) =>
    tokens === undefined ? undefined : { ...answerOf(ours.writeAnswer(tokens), model), mediaType: JSON_TYPE };
  const known = isCounted ? undefined : answer(estimateTokens(request));
  return {
    dialect,
    path: path ?? "",
    headers: { "content-type": JSON_TYPE, ...wire.headers, ...(dialect === caller.dialect && caller.headers) },
    body: dialect === caller.dialect ? ownBytes(target, caller) : JSON.stringify(counting?.writeBody(body, model)),
    dropped: told,
    ...(known && { known }),
    isStreamed: () => false,
    readWhole: (text) => answer(counting?.readAnswer(JSON.parse(text))),
    createMeter: neverStreamed,
  };
}

function answerOf(answer: Extra, model: string) {
  return { text: JSON.stringify(answer), facts: { ...noFacts(), model } };
}
