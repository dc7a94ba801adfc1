// Less of an answer than was asked for, so that it can be paid: the same request with a smaller bound on its length.
import type { UsdMicros } from "../../kernel/index.ts";
import { isObject } from "../formats/fields.ts";
import type { DialectName, Extra } from "../contract.ts";
import type { CallerRequest } from "../exchange/caller-request.ts";
import { readAsking } from "./worst-case.ts";

/** Where each dialect says how long an answer may be: within what, by which name. */
const bounds: Record<DialectName, readonly [within: string | null, name: string]> = {
  "openai-chat": [null, "max_completion_tokens"],
  "openai-responses": [null, "max_output_tokens"],
  "anthropic-messages": [null, "max_tokens"],
  "cohere-chat": [null, "max_tokens"],
  "ollama-chat": ["options", "num_predict"],
  gemini: ["generationConfig", "maxOutputTokens"],
  "bedrock-converse": ["inferenceConfig", "maxTokens"],
};

/** Undefined for what is no chat: nothing else has such a bound. */
export function lowerOutput(request: CallerRequest, tokens: number): CallerRequest | undefined {
  if (request.operation !== "chat" || request.native) return undefined;
  const body = JSON.parse(request.text) as Extra;
  const [within, usual] = bounds[request.dialect];
  const place = within === null ? body : isObject(body[within]) ? body[within] : {};
  // Chat-completions has two names for it; the older is kept where it is used, for vendors that know no other.
  const name = usual === "max_completion_tokens" && "max_tokens" in place ? "max_tokens" : usual;
  const lowered = { ...place, [name]: tokens };
  const text = JSON.stringify(within === null ? lowered : { ...body, [within]: lowered });
  return { ...request, text };
}

/** How long an answer may be by the request's own words; undefined where it does not say. */
export function outputBound(request: CallerRequest): number | undefined {
  return readAsking(request).longest;
}

export interface Afforded {
  request: CallerRequest;
  output_tokens: number;
}

interface Affording {
  usdMicros: UsdMicros;
  /** The most that such a request may cost; null when that is not known. */
  costOf(request: CallerRequest): UsdMicros | null;
}

/** An answer that is shorter says nothing. */
const TOKENS_MIN = 16;
/** Rounded prices, and tiers of them, may take another step. */
const STEPS_MAX = 3;

/** Prices rise evenly with the length of an answer: two costs tell how long it may be. */
export function affordOutput(request: CallerRequest, { usdMicros, costOf }: Affording): Afforded | undefined {
  const costWith = (tokens: number): number | undefined => {
    const lowered = lowerOutput(request, tokens);
    return (lowered && costOf(lowered)) ?? undefined;
  };
  const [none, some] = [costWith(0), costWith(PROBE_TOKENS)];
  if (none === undefined || some === undefined || some <= none) return undefined;
  let tokens = Math.floor(((usdMicros - none) / (some - none)) * PROBE_TOKENS);
  for (let step = 0; step < STEPS_MAX && tokens >= TOKENS_MIN; step += 1) {
    const lowered = lowerOutput(request, tokens);
    const cost = lowered && costOf(lowered);
    if (lowered && cost !== null && cost !== undefined && cost <= usdMicros)
      return { request: lowered, output_tokens: tokens };
    tokens = Math.floor(tokens * 0.9);
  }
  return undefined;
}

const PROBE_TOKENS = 10_000;
