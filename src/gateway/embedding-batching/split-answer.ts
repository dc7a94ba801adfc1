// An answer to the texts of several calls, taken apart: each call's vectors, and its share of tokens and money. The shares add
// up to what the vendor charged.
import type { CallRecord } from "../../ledger/contract.ts";
import type { VendorAnswer } from "../../providers/index.ts";
import { readVectors, writeVectors } from "../cache/texts/embeddings-answer.ts";
import type { JoinableRequest } from "./joinable-request.ts";
import { splitWhole } from "./shares.ts";

export interface SharedAnswer {
  answer: VendorAnswer;
  /** Undefined for an answer that was this call's alone. */
  share?: { cost: CallRecord["cost"]; others: number };
}

/** Undefined when it does not have a vector for each text. */
export function splitAnswer(
  answer: VendorAnswer,
  all: readonly JoinableRequest[],
  cost: CallRecord["cost"],
): SharedAnswer[] | undefined {
  const count = all.reduce((sum, { inputs }) => sum + inputs.length, 0);
  if (answer.kind !== "whole" || typeof answer.text !== "string") return undefined;
  const read = readVectors(answer.text, count);
  if (!read) return undefined;
  const weights = all.map(({ bytes }) => bytes);
  const { usage } = answer.facts;
  const tokens = usage && splitWhole(usage.input, weights);
  const costs = cost.usd_micros === null ? undefined : splitWhole(cost.usd_micros, weights);
  let from = 0;
  return all.map(({ inputs }, place) => {
    const vectors = read.vectors.slice(from, (from += inputs.length));
    const input = tokens?.[place] ?? 0;
    const told = usage ? { prompt_tokens: input, total_tokens: input } : undefined;
    const text = writeVectors({ vectors, model: read.model, usage: told });
    const facts = { ...answer.facts, usage: usage && { ...usage, input, raw: {} } };
    const share = { cost: { ...cost, usd_micros: costs?.[place] ?? null }, others: all.length - 1 };
    return { answer: { ...answer, text, facts }, share };
  });
}
