// The most that a call can come to, before it is sent: what is held against a budget. Bounds, not guesses: a token is at
// least a byte of text, and an answer is no longer than the request or the model allows. A request is read for this only
// when its caller is under a cap.
import { isObject } from "../formats/fields.ts";
import type { Usage } from "../contract.ts";
import type { CallerRequest } from "../exchange/caller-request.ts";

export interface Bounds {
  /** Input and output together; null when not known. */
  context_tokens: number | null;
  output_tokens_max: number | null;
}

/** A picture that is named by its address: more than any vendor counts for one. */
const PICTURE_TOKENS = 10_000;
/** What the vendor fetches by itself, and nobody here knows the size of. */
const UNSEEN =
  /"(file_id|file_uri|fileUri|previous_response_id|conversation|cachedContent|prompt_id)"|"type":\s*"(web_|code_|file_search|mcp)/;
const WRITES_CACHE = /"(cache_control|cachePoint)"/;

/** What a request alone says; it is read once, however many targets it may come to. */
export interface Asking {
  /** Tokens of what is here to be seen, at the most. */
  seen: number;
  /** The vendor fetches more by itself. */
  hasUnseen: boolean;
  writesCache: boolean;
  /** How long an answer may be; undefined when nothing is said. */
  longest: number | undefined;
  choices: number;
  tier: string | undefined;
}

export function readAsking(request: CallerRequest): Asking {
  const { text, operation } = request;
  const body = bodyOf(request);
  const addresses = text.match(/"https?:\/\//g)?.length ?? 0;
  const tier = body["service_tier"] ?? body["serviceTier"];
  return {
    seen: Buffer.byteLength(text) + addresses * PICTURE_TOKENS,
    hasUnseen: UNSEEN.test(text),
    writesCache: WRITES_CACHE.test(text),
    longest: operation === "chat" ? askedFor(body) : 0,
    choices: choicesOf(body),
    tier: typeof tier === "string" ? tier : undefined,
  };
}

/** Undefined where nothing bounds the answer, or what goes in is not known and the model's context is not either. */
export function worstUsage(asking: Asking, { context_tokens: context, output_tokens_max }: Bounds): Usage | undefined {
  const { seen, hasUnseen, writesCache, choices, tier } = asking;
  const longest = asking.longest ?? output_tokens_max ?? context;
  if (longest === null || (hasUnseen && context === null)) return undefined;
  const input = hasUnseen ? (context ?? seen) : Math.min(seen, context ?? seen);
  const written = writesCache ? input : 0;
  return {
    input,
    output: longest * choices,
    cache_read: 0,
    cache_write: written,
    cache_write_1h: written,
    reasoning: 0,
    ...(tier !== undefined && { service_tier: tier }),
  };
}

function bodyOf({ text, native }: CallerRequest): Record<string, unknown> {
  if (native || text === "") return {};
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) ? body : {};
  } catch {
    return {};
  }
}

/** However the dialect says how long an answer may be, reasoning included. */
function askedFor(body: Record<string, unknown>): number | undefined {
  const { generationConfig, inferenceConfig, options } = body;
  const asked = [
    body["max_completion_tokens"],
    body["max_tokens"],
    body["max_output_tokens"],
    isObject(generationConfig) ? generationConfig["maxOutputTokens"] : undefined,
    isObject(inferenceConfig) ? inferenceConfig["maxTokens"] : undefined,
    isObject(options) ? options["num_predict"] : undefined,
  ].filter((each): each is number => typeof each === "number" && Number.isInteger(each) && each >= 0);
  // Two that contradict each other: vendors differ in which they heed.
  return asked.length === 0 ? undefined : Math.max(...asked);
}

function choicesOf(body: Record<string, unknown>): number {
  const { generationConfig } = body;
  const choices = body["n"] ?? (isObject(generationConfig) ? generationConfig["candidateCount"] : undefined);
  return typeof choices === "number" && choices > 1 ? Math.ceil(choices) : 1;
}
