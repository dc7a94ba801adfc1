// Prices as rules that are quick to apply: brackets of input, each with its prices a million tokens. A dollar a million
// tokens is a micro-dollar a token, so a sum over the tokens is already in micro-dollars.
import { calcPrice } from "@pydantic/genai-prices";
import type { UsdMicros } from "../../kernel/index.ts";
import type { ConfiguredPrice } from "../config.ts";
import type { Usage } from "../contract.ts";
import type { GeneratedModel, GeneratedPrices } from "./model-data.ts";

/** Micro-dollars a token. Null costs what other input, or other output, costs. */
interface Bracket {
  /** Holds where all input together is more than this many tokens. */
  above: number;
  input: number;
  output: number;
  cacheRead: number | null;
  cacheWrite: number | null;
  /** Null costs what a write for five minutes costs. */
  cacheWriteHour: number | null;
  reasoning: number | null;
  audioInput: number | null;
  audioCacheRead: number | null;
  audioOutput: number | null;
  imageInput: number | null;
  imageOutput: number | null;
  /** Micro-dollars for the call itself. */
  call: number;
  /** The same for each search of the web that the vendor did. */
  webSearch: number;
}

export interface PriceRule {
  /** By rising `above`, the first from the first token on. */
  brackets: readonly Bracket[];
  /** Which table it comes from, and that table's version. */
  version: string;
  /** Epoch milliseconds: the rule holds from the first up to the second, and must be made anew for other times. */
  validFromMs: number;
  validUntilMs: number;
}

const ALWAYS = { validFromMs: Number.NEGATIVE_INFINITY, validUntilMs: Number.POSITIVE_INFINITY };

/**
 * What this usage costs: integer micro-dollars, the sum rounded half up once. The whole call is charged at its bracket.
 * `times` the usual price is what its tokens cost in the tier that it was served in.
 */
export function costOf(rule: PriceRule, usage: Usage, times = 1): UsdMicros {
  const prices = bracketFor(rule, usage.input);
  const searches = usage.server_tools?.["web_search"] ?? 0;
  const ofTokens = tokenCost(prices, usage) + audioSurcharge(prices, usage) + imageSurcharge(prices, usage);
  return Math.round(ofTokens * times + prices.call + searches * prices.webSearch);
}

function tokenCost(prices: Bracket, usage: Usage): number {
  const { input, output, cache_read: read, cache_write: written, cache_write_1h: lasting = 0, reasoning } = usage;
  const write = prices.cacheWrite ?? prices.input;
  return (
    (input - read - written) * prices.input +
    read * (prices.cacheRead ?? prices.input) +
    (written - lasting) * write +
    lasting * (prices.cacheWriteHour ?? write) +
    (output - reasoning) * prices.output +
    reasoning * (prices.reasoning ?? prices.output)
  );
}

/** What sound costs beyond the same tokens of text. */
function audioSurcharge(prices: Bracket, { audio_input = 0, audio_cache_read = 0, audio_output = 0 }: Usage): number {
  const { input, output, cacheRead, audioInput, audioCacheRead, audioOutput } = prices;
  const ofInput = (audioInput ?? input) - input;
  const ofCacheRead = audioCacheRead === null ? 0 : audioCacheRead - (cacheRead ?? input);
  const ofOutput = (audioOutput ?? output) - output;
  return (audio_input - audio_cache_read) * ofInput + audio_cache_read * ofCacheRead + audio_output * ofOutput;
}

/** The same for pictures. */
function imageSurcharge(prices: Bracket, { image_input = 0, image_output = 0 }: Usage): number {
  const ofInput = (prices.imageInput ?? prices.input) - prices.input;
  const ofOutput = (prices.imageOutput ?? prices.output) - prices.output;
  return image_input * ofInput + image_output * ofOutput;
}

export function bracketFor({ brackets }: PriceRule, input: number): Bracket {
  let found = brackets[0];
  for (const bracket of brackets) if (input > bracket.above) found = bracket;
  if (!found) throw new Error("a price rule has at least one bracket");
  return found;
}

/** A table that knows text alone: all else costs what text costs. */
const textAlone = {
  cacheWriteHour: null,
  audioInput: null,
  audioCacheRead: null,
  audioOutput: null,
  imageInput: null,
  imageOutput: null,
  call: 0,
  webSearch: 0,
} as const;

/** One price for any amount, for ever. */
export function flatRule(price: ConfiguredPrice, version: string): PriceRule {
  const bracket: Bracket = {
    above: -1,
    input: price.input_usd_per_million,
    output: price.output_usd_per_million,
    cacheRead: price.cache_read_usd_per_million ?? null,
    cacheWrite: price.cache_write_usd_per_million ?? null,
    reasoning: price.reasoning_usd_per_million ?? null,
    ...textAlone,
  };
  return { brackets: [bracket], version, ...ALWAYS };
}

/** models.dev's prices; its dearer row holds above 200,000 tokens of input. */
export function generatedRule(usd: NonNullable<GeneratedModel["usd"]>, version: string): PriceRule {
  const [base, over] = usd;
  const brackets = over ? [bracketFrom(base, -1), bracketFrom(over, 200_000)] : [bracketFrom(base, -1)];
  return { brackets, version, ...ALWAYS };
}

function bracketFrom([input, output, cacheRead, cacheWrite]: GeneratedPrices, above: number): Bracket {
  return { above, input, output, cacheRead, cacheWrite, reasoning: null, ...textAlone };
}

const MINUTE_MS = 60_000;
type Price = number | { base: number; tiers: { start: number; price: number }[] } | undefined;

/**
 * The price library's rule at this time, or null where it has no token prices for the model. Prices that change with
 * the date or the hour do so on whole minutes, so such a rule holds for its minute and is then asked for again.
 */
export function libraryRule(provider: string, model: string, at: { atMs: number; version: string }): PriceRule | null {
  const found = calcPrice({ input_tokens: 0, output_tokens: 0 }, model, {
    providerId: provider,
    timestamp: new Date(at.atMs),
  });
  if (!found) return null;
  const prices = found.model_price as Record<string, Price>;
  // An empty table usually means unknown; in a name that ends in `:free` it means what it says.
  const isFree = Object.keys(prices).length === 0 && found.model.id.endsWith(":free");
  if (isFree) return flatRule({ input_usd_per_million: 0, output_usd_per_million: 0 }, at.version);
  // A model with no price for its output (speech, moderation) is not priced: it would come out too cheap. Vectors are no tokens.
  const givesTokens = !/embed/.test(found.model.id);
  if (prices["input_mtok"] === undefined || (prices["output_mtok"] === undefined && givesTokens)) return null;
  const validity = Array.isArray(found.model.prices) ? minuteOf(at.atMs) : ALWAYS;
  return { brackets: bracketsOf(prices), version: at.version, ...validity };
}

function minuteOf(atMs: number): { validFromMs: number; validUntilMs: number } {
  const validFromMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
  return { validFromMs, validUntilMs: validFromMs + MINUTE_MS };
}

function bracketsOf(prices: Record<string, Price>): Bracket[] {
  const starts = Object.values(prices).flatMap((price) =>
    typeof price === "object" ? price.tiers.map(({ start }) => start) : [],
  );
  return [-1, ...[...new Set(starts)].sort((a, b) => a - b)].map((above) => {
    const at = (key: string): number | null => priceAbove(prices[key], above);
    return {
      above,
      input: at("input_mtok") ?? 0,
      output: at("output_mtok") ?? 0,
      cacheRead: at("cache_read_mtok"),
      cacheWrite: at("cache_write_mtok"),
      cacheWriteHour: at("cache_write_1h_mtok"),
      reasoning: at("output_reasoning_mtok"),
      audioInput: at("input_audio_mtok"),
      audioCacheRead: at("cache_audio_read_mtok"),
      audioOutput: at("output_audio_mtok"),
      imageInput: at("input_image_mtok"),
      imageOutput: at("output_image_mtok"),
      // Dollars for a thousand, in micro-dollars for one.
      call: (at("requests_kcount") ?? 0) * 1000,
      webSearch: (at("web_searches_kcount") ?? 0) * 1000,
    };
  });
}

function priceAbove(price: Price, above: number): number | null {
  if (price === undefined) return null;
  if (typeof price === "number") return price;
  const tiers = [...price.tiers].sort((a, b) => a.start - b.start);
  return tiers.findLast(({ start }) => above >= start)?.price ?? price.base;
}
