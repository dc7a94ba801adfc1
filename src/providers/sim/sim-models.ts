// The simulator's models as data, and the options that a caller may write behind a model's name, like a query string:
// `sim-small?first_token_ms=200&token_ms=10&jitter=0.3&error=429:0.1,stall:0.05&tokens=100&seed=7`.
// A name is the one thing that every client, route and config can already carry; so no header or field was invented.
import { nearestNames } from "../../kernel/index.ts";
import {
  simBounds,
  type SimConfig,
  type SimFault,
  simFaultNames,
  type SimFaultRates,
  sumOfRates,
} from "./sim-config.ts";

interface SimModel {
  description: string;
  first_token_ms: number;
  token_ms: number;
  reasoning_tokens: number;
}

export const simModels: Record<string, SimModel> = {
  "sim-small": { description: "quick", first_token_ms: 20, token_ms: 2, reasoning_tokens: 0 },
  "sim-large": { description: "slower, as large models are", first_token_ms: 300, token_ms: 15, reasoning_tokens: 0 },
  "sim-instant": { description: "no delay, for load", first_token_ms: 0, token_ms: 0, reasoning_tokens: 0 },
  "sim-reasoning": { description: "thinks first", first_token_ms: 100, token_ms: 5, reasoning_tokens: 32 },
};

/** How one call is to be answered: the model, config and options put together. */
export interface SimProfile {
  /** The plain name, without options. */
  model: string;
  firstTokenMs: number;
  tokenMs: number;
  jitter: number;
  /** Exact length of prose answers; undefined for as long as they take. */
  tokens: number | undefined;
  reasoningTokens: number;
  seed: number;
  rates: Partial<SimFaultRates>;
  /** Tokens that arrive before `cut`, `stall_mid` and `malformed` strike; undefined for half of them. */
  faultAfterTokens: number | undefined;
  retryAfterS: number;
}

export type ParsedModel =
  | { profile: SimProfile }
  | { problem: string; code: "model_not_found" | "invalid_model_option" };

interface Option {
  says: string;
  /** Applies the value to the profile; false when it is not acceptable. */
  apply(profile: SimProfile, value: string): boolean;
}

/** What may stand behind a model's name; also the text of the message when something else does. */
export const simOptions: Record<string, Option> = {
  first_token_ms: waitOption("firstTokenMs"),
  token_ms: waitOption("tokenMs"),
  jitter: numberOption("jitter", { says: "0 to 1", max: 1 }),
  tokens: countOption("tokens", 1),
  reasoning_tokens: countOption("reasoningTokens", 0),
  seed: numberOption("seed", { says: "a whole number", max: 4_294_967_295, whole: true }),
  fault_after_tokens: countOption("faultAfterTokens", 0),
  retry_after_s: numberOption("retryAfterS", { says: "whole seconds", max: 86_400, whole: true }),
  error: {
    says: `none, or kinds with rates that add up to not more than 1, as in 429:0.1,cut:0.2 (${simFaultNames.join(", ")})`,
    apply: applyErrors,
  },
};

type NumericKey = Exclude<keyof SimProfile, "model" | "rates">;

function numberOption(key: NumericKey, bounds: { says: string; max: number; min?: number; whole?: boolean }): Option {
  return {
    says: bounds.says,
    apply(profile, text) {
      const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
      if (!(value >= (bounds.min ?? 0) && value <= bounds.max) || (bounds.whole && !Number.isInteger(value)))
        return false;
      profile[key] = value;
      return true;
    },
  };
}

function waitOption(key: NumericKey): Option {
  return numberOption(key, { says: `0 to ${simBounds.waitMsMax}`, max: simBounds.waitMsMax });
}

function countOption(key: NumericKey, min: number): Option {
  return numberOption(key, { says: `${min} to ${simBounds.tokensMax}`, min, max: simBounds.tokensMax, whole: true });
}

/** `429:0.1,stall:0.05`; a kind without a rate is certain; `none` switches the configured ones off. */
function applyErrors(profile: SimProfile, text: string): boolean {
  const rates: Partial<SimFaultRates> = {};
  for (const entry of text === "none" ? [] : text.split(",")) {
    const [, kind = "", rate = "1"] = /^(\w+)(?::(\d+(?:\.\d+)?))?$/.exec(entry) ?? [];
    if (!isFault(kind) || Number(rate) > 1) return false;
    rates[kind] = Number(rate);
  }
  profile.rates = rates;
  return sumOfRates(rates) <= 1;
}

function isFault(name: string): name is SimFault {
  return simFaultNames.some((known) => known === name);
}

/** Reads a model's name with its options. Nothing is guessed: what is not known is a problem, with the list of what is. */
export function parseSimModel(name: string, config: SimConfig): ParsedModel {
  const [plain = "", query] = splitOnce(name, "?");
  const model = Object.hasOwn(simModels, plain) ? simModels[plain] : undefined;
  if (!model) {
    const known = Object.keys(simModels);
    const near = nearestNames(plain, known, 1).map((each) => `did you mean ${each}? `);
    return {
      problem: `The simulator has no model ${plain}; ${near.join("")}It has ${known.join(", ")}.`,
      code: "model_not_found",
    };
  }
  const profile: SimProfile = {
    model: plain,
    firstTokenMs: config.first_token_ms ?? model.first_token_ms,
    tokenMs: config.token_ms ?? model.token_ms,
    jitter: config.jitter,
    tokens: config.tokens,
    reasoningTokens: model.reasoning_tokens,
    seed: 0,
    rates: config.errors,
    faultAfterTokens: undefined,
    retryAfterS: 1,
  };
  const problem = query === undefined ? undefined : applyOptions(profile, query);
  return problem === undefined ? { profile } : { problem, code: "invalid_model_option" };
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function applyOptions(profile: SimProfile, query: string): string | undefined {
  for (const pair of query.split("&")) {
    const [key, value = ""] = splitOnce(pair, "=");
    const option = Object.hasOwn(simOptions, key) ? simOptions[key] : undefined;
    if (!option) return `The simulator has no option "${key}"; it has ${Object.keys(simOptions).join(", ")}.`;
    if (!option.apply(profile, value))
      return `The simulator's option ${key} cannot be "${value}": it is ${option.says}.`;
  }
  return undefined;
}
