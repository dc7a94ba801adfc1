// What many calls of one profile come to: how they spread, how often they did what. Summaries of hours add up to those of days
// and of baselines, so that each record is read once. No text is in them.
import { addCounts, addTo, type Histogram } from "./histogram.ts";
import { isRefusal } from "./refusals.ts";
import { countWords } from "./words.ts";

/** What is compared as sizes. */
export const sizeFigures = ["input_tokens", "output_tokens", "ms_per_token", "first_token_ms"] as const;
/** What calls do or do not. */
export const shareFigures = ["refusals", "tool_calls", "failures"] as const;
export const wordFigures = ["request_words", "answer_words"] as const;
/** What tells one version of a model from another. */
export const versionFigures = ["answer_model", "fingerprint"] as const;

export type SizeFigure = (typeof sizeFigures)[number];
export type ShareFigure = (typeof shareFigures)[number];
export type WordFigure = (typeof wordFigures)[number];
export type VersionFigure = (typeof versionFigures)[number];

export interface Share {
  hits: number;
  /** Of so many. */
  count: number;
}

export interface Words {
  texts: number;
  buckets: Record<string, number>;
}

/** The sum of vectors of length one. */
export interface Centroid {
  texts: number;
  model: string;
  sum: number[];
}

export interface Summary {
  /** Calls that were looked at; there may have been more. */
  calls: number;
  sizes: Record<SizeFigure, Histogram>;
  /** Of logarithms, for means that a few huge values do not carry away. */
  logs: Record<SizeFigure, { count: number; sum: number }>;
  shares: Record<ShareFigure, Share>;
  finish_reasons: Record<string, number>;
  versions: Record<VersionFigure, Record<string, number>>;
  words: Record<WordFigure, Words>;
  centroid: Centroid | null;
}

/** The part of a summary that hours are compared by, one after the other. */
export type Levels = Pick<Summary, "logs" | "shares">;

/** Of one call, what is summarised. */
export interface SummarisedCall {
  input_tokens: number | null;
  output_tokens: number | null;
  duration_ms: number | null;
  first_token_ms: number | null;
  finish_reason: string | null;
  answer_model: string | null;
  fingerprint: string | null;
  outcome: string;
  request_preview: string | null;
  response_preview: string | null;
}

/** Names of versions and reasons come from vendors: those beyond so many are counted as one. */
const NAMES_MAX = 50;
export const OTHER_NAMES = "(others)";
/** A shorter answer takes its time for other things than tokens. */
const TOKENS_FOR_PACE_MIN = 8;
const TOOL_ENDINGS = new Set(["tool_calls", "tool_use", "function_call"]);

export function emptySummary(): Summary {
  const size = () => ({ count: 0, sum: 0 });
  const share = (): Share => ({ hits: 0, count: 0 });
  const words = (): Words => ({ texts: 0, buckets: {} });
  return {
    calls: 0,
    sizes: { input_tokens: {}, output_tokens: {}, ms_per_token: {}, first_token_ms: {} },
    logs: { input_tokens: size(), output_tokens: size(), ms_per_token: size(), first_token_ms: size() },
    shares: { refusals: share(), tool_calls: share(), failures: share() },
    finish_reasons: {},
    versions: { answer_model: {}, fingerprint: {} },
    words: { request_words: words(), answer_words: words() },
    centroid: null,
  };
}

export function addCall(summary: Summary, call: SummarisedCall): void {
  summary.calls += 1;
  addShare(summary.shares.failures, call.outcome === "failed" || call.outcome === "truncated");
  addSize(summary, "input_tokens", call.input_tokens);
  addWords(summary.words.request_words, call.request_preview);
  // A call that failed has no answer to speak of.
  if (call.outcome !== "ok") return;
  addSize(summary, "output_tokens", call.output_tokens);
  addSize(summary, "first_token_ms", call.first_token_ms);
  addSize(summary, "ms_per_token", paceOf(call));
  addShare(summary.shares.refusals, isRefusal(call));
  if (call.finish_reason !== null) {
    addShare(summary.shares.tool_calls, TOOL_ENDINGS.has(call.finish_reason));
    addName(summary.finish_reasons, call.finish_reason);
  }
  if (call.answer_model !== null) addName(summary.versions.answer_model, call.answer_model);
  if (call.fingerprint !== null) addName(summary.versions.fingerprint, call.fingerprint);
  addWords(summary.words.answer_words, call.response_preview);
}

/** Milliseconds a token, from the first one on where that is known. */
function paceOf({ duration_ms, first_token_ms, output_tokens }: SummarisedCall): number | null {
  if (duration_ms === null || output_tokens === null || output_tokens < TOKENS_FOR_PACE_MIN) return null;
  return Math.max(duration_ms - (first_token_ms ?? 0), 0) / output_tokens;
}

function addSize(summary: Summary, figure: SizeFigure, value: number | null): void {
  if (value === null || !Number.isFinite(value)) return;
  addTo(summary.sizes[figure], value);
  if (value <= 0) return;
  summary.logs[figure].count += 1;
  summary.logs[figure].sum += Math.log(value);
}

function addShare(share: Share, isHit: boolean): void {
  share.count += 1;
  if (isHit) share.hits += 1;
}

function addName(counts: Record<string, number>, name: string): void {
  const isKnown = Object.hasOwn(counts, name) || Object.keys(counts).length < NAMES_MAX;
  addCounts(counts, { [isKnown ? name : OTHER_NAMES]: 1 });
}

function addWords(words: Words, text: string | null): void {
  if (text === null || text === "") return;
  words.texts += 1;
  countWords(text, words.buckets);
}

/** All of them as one; they stay as they are. */
export function mergeSummaries(summaries: readonly Summary[]): Summary {
  const whole = emptySummary();
  for (const each of summaries) mergeInto(whole, each);
  return whole;
}

function mergeInto(whole: Summary, part: Summary): void {
  whole.calls += part.calls;
  for (const figure of sizeFigures) {
    addCounts(whole.sizes[figure], part.sizes[figure]);
    whole.logs[figure].count += part.logs[figure].count;
    whole.logs[figure].sum += part.logs[figure].sum;
  }
  for (const figure of shareFigures) {
    whole.shares[figure].hits += part.shares[figure].hits;
    whole.shares[figure].count += part.shares[figure].count;
  }
  addCounts(whole.finish_reasons, part.finish_reasons);
  for (const figure of versionFigures) addCounts(whole.versions[figure], part.versions[figure]);
  for (const figure of wordFigures) {
    whole.words[figure].texts += part.words[figure].texts;
    addCounts(whole.words[figure].buckets, part.words[figure].buckets);
  }
  whole.centroid = joinCentroids(whole.centroid, part.centroid);
}

/** Vectors of two models cannot be added: then those of the later one stay. */
function joinCentroids(one: Centroid | null, other: Centroid | null): Centroid | null {
  if (!one || !other) return one ?? other;
  if (one.model !== other.model || one.sum.length !== other.sum.length) return other;
  const sum = one.sum.map((each, place) => each + (other.sum[place] ?? 0));
  return { texts: one.texts + other.texts, model: one.model, sum };
}
