// Traffic of one profile as it might be, hour by hour: nights and days, sessions whose calls are alike, two sorts of requests
// whose mix changes over the day, hours and days of a vendor that are a little slower or faster than others, for all its
// profiles or for one. What is injected comes on top, from a given hour on.
import { addCall, emptySummary, type SummarisedCall } from "../../src/drift/summaries/summary.ts";
import { HOUR_MS, type Slice } from "../../src/drift/streams/rhythm.ts";
import { createDice } from "../run/dice.ts";
import type { RecordedCall, RecordedSession } from "./recorded.ts";

/** All of nothing: 1 or 0 leaves a figure as it is. */
export interface Injection {
  fromHour: number;
  /** Times the output tokens. */
  outputFactor?: number;
  inputFactor?: number;
  /** Times the milliseconds a token, and to the first. */
  latencyFactor?: number;
  /** In place of the usual share. */
  refusals?: number;
  cutShare?: number;
  toolShare?: number;
  /** The share of words that are others. */
  newWords?: number;
  version?: string;
  /** Of replayed calls: the share that another vendor answers. */
  otherVendor?: number;
  /** A day, of the latency. */
  erosion?: number;
}

export interface TrafficOptions {
  seed: number;
  profile: number;
  hours: number;
  callsAnHour: number;
  /** Texts take most of the time that it takes to make a call. */
  hasTexts?: boolean;
  injection?: Injection | undefined;
  /** What is said and used comes from these instead; when, and how fast, is made up all the same. */
  recorded?: Recorded | undefined;
}

export interface Recorded {
  usual: readonly RecordedSession[];
  /** Of another vendor. */
  other: readonly RecordedSession[];
}

export const BASELINE_HOURS = 168;
const FIRST_DAY = 20_000;
const DAY_HOURS = 24;
const USUAL = { refusals: 0.01, cutShare: 0.05, toolShare: 0.2 };

export interface Noise {
  random(): number;
  normal(): number;
}

export function createNoise(seed: number, name: string): Noise {
  // A draw of the drill's own dice is a hash; millions of them are wanted here (mulberry32).
  let state = createDice(seed, name).between(0, 2 ** 32 - 1);
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return { random, normal };
}

/** Ascending, one a hour. */
export function makeTraffic(options: TrafficOptions): Slice[] {
  const { seed, profile, hours, callsAnHour, hasTexts = true, injection, recorded } = options;
  const own = createNoise(seed, `profile ${profile}`);
  const shared = daysWith(createNoise(seed, "the vendor"), hours, 0.02);
  const alone = daysWith(own, hours, 0.02);
  const lengthDays = daysWith(own, hours, 0.02);
  const mixDays = daysWith(own, hours, 0.05);
  return Array.from({ length: hours }, (_, hour) => {
    const day = Math.floor(hour / DAY_HOURS);
    const isInjected = injection !== undefined && hour >= injection.fromHour;
    const state: HourState = {
      slow: (shared[day] ?? 0) + (alone[day] ?? 0) + 0.04 * own.normal() + 0.08 * daylight(hour),
      long: lengthDays[day] ?? 0,
      longShare: 0.4 + 0.1 * daylight(hour) + (mixDays[day] ?? 0) * 0.5,
      injection: isInjected ? injection : undefined,
      hasTexts,
      recorded,
      hoursSince: isInjected ? hour - injection.fromHour : 0,
    };
    const weekend = Math.floor(hour / DAY_HOURS) % 7 >= 5 ? 0.5 : 1;
    const calls = Math.round(callsAnHour * weekend * (1 + 0.6 * daylight(hour)) * (1 + 0.1 * own.normal()));
    return { hour_ms: (FIRST_DAY * DAY_HOURS + hour) * HOUR_MS, summary: summarise(calls, state, own) };
  });
}

function daylight(hour: number): number {
  return Math.sin((2 * Math.PI * (hour - 8)) / DAY_HOURS);
}

/** Each day has something of the day before. */
function daysWith(noise: Noise, hours: number, deviation: number): number[] {
  const kept = 0.3;
  let last = 0;
  return Array.from({ length: Math.ceil(hours / DAY_HOURS) }, () => {
    last = kept * last + Math.sqrt(1 - kept ** 2) * deviation * noise.normal();
    return last;
  });
}

interface HourState {
  recorded: Recorded | undefined;
  hasTexts: boolean;
  slow: number;
  long: number;
  longShare: number;
  injection: Injection | undefined;
  hoursSince: number;
}

const CALLS_A_SESSION = 3;

function summarise(calls: number, state: HourState, noise: Noise) {
  const summary = emptySummary();
  for (let place = 0; place < calls; place += CALLS_A_SESSION) {
    const session = {
      isLong: noise.random() < state.longShare,
      topic: Math.floor(noise.random() * 40),
      lean: noise.normal(),
    };
    const said = state.recorded && drawSession(state.recorded, state, noise);
    for (let call = place; call < Math.min(place + CALLS_A_SESSION, calls); call += 1) {
      const recorded = said?.[(call - place) % said.length];
      addCall(summary, recorded ? replay(recorded, state, noise) : makeCall(session, state, noise));
    }
  }
  return summary;
}

interface Session {
  isLong: boolean;
  topic: number;
  lean: number;
}

function makeCall({ isLong, topic, lean }: Session, state: HourState, noise: Noise): SummarisedCall {
  const { injection = { fromHour: 0 }, hoursSince, hasTexts } = state;
  const share = { ...USUAL, ...injection };
  const slow =
    state.slow + Math.log(injection.latencyFactor ?? 1) + (injection.erosion ?? 0) * (hoursSince / DAY_HOURS);
  const input = Math.exp((isLong ? 7.2 : 5.2) + 0.4 * lean + 0.4 * noise.normal()) * (injection.inputFactor ?? 1);
  const said = (isLong ? 6 : 4.5) + state.long + 0.35 * lean + 0.4 * noise.normal();
  const output = Math.max(Math.round(Math.exp(said) * (injection.outputFactor ?? 1)), 1);
  const pace = Math.exp(2.5 + slow + 0.25 * noise.normal());
  const first = Math.exp(5.8 + slow + 0.35 * noise.normal() + 0.00005 * input);
  const isRefused = noise.random() < share.refusals;
  const how = noise.random();
  return {
    input_tokens: Math.round(input),
    output_tokens: output,
    duration_ms: first + pace * output,
    first_token_ms: first,
    finish_reason: how < share.cutShare ? "length" : how < share.cutShare + share.toolShare ? "tool_calls" : "stop",
    answer_model: injection.version ?? "model-2026-08-01",
    fingerprint: null,
    outcome: noise.random() < 0.005 ? "failed" : "ok",
    request_preview: hasTexts ? textOf(topic, noise, 0) : null,
    response_preview: isRefused
      ? "I'm sorry, but I can't help with that."
      : hasTexts
        ? textOf(topic, noise, injection.newWords ?? 0)
        : null,
  };
}

/** Some conversations are held much more often than others, as an application's are. */
function drawSession({ usual, other }: Recorded, { injection }: HourState, { random }: Noise): RecordedSession {
  const from = random() < (injection?.otherVendor ?? 0) ? other : usual;
  return from[Math.floor(from.length * random() ** 2)] ?? [];
}

/** As it was recorded, but for what is injected, and for how long it takes. */
function replay(recorded: RecordedCall, state: HourState, noise: Noise): SummarisedCall {
  const { injection = { fromHour: 0 }, hoursSince } = state;
  const slow =
    state.slow + Math.log(injection.latencyFactor ?? 1) + (injection.erosion ?? 0) * (hoursSince / DAY_HOURS);
  // The same question is not answered in as many tokens twice.
  const vary = Math.exp(state.long + 0.15 * noise.normal()) * (injection.outputFactor ?? 1);
  const output = Math.max(Math.round(recorded.output_tokens * vary), 1);
  const first = Math.exp(5.8 + slow + 0.35 * noise.normal() + 0.00005 * recorded.input_tokens);
  const isRefused = noise.random() < (injection.refusals ?? 0);
  const isCut = noise.random() < (injection.cutShare ?? 0);
  return {
    ...recorded,
    input_tokens: Math.round(recorded.input_tokens * (injection.inputFactor ?? 1)),
    output_tokens: output,
    duration_ms: first + Math.exp(2.5 + slow + 0.25 * noise.normal()) * output,
    first_token_ms: first,
    finish_reason: isCut ? "length" : recorded.finish_reason,
    answer_model: injection.version ?? (recorded.answer_model || null),
    fingerprint: null,
    outcome: noise.random() < 0.005 ? "failed" : "ok",
    response_preview: isRefused ? "I'm sorry, but I can't help with that." : recorded.response_preview,
  };
}

const WORDS_A_TEXT = 15;
const COMMON_WORDS = 400;
const TOPIC_WORDS = 60;

/** Half common words, the first of them the most common, half of the topic; of these some are others. */
function textOf(topic: number, { random }: Noise, newWords: number): string {
  let text = "";
  for (let place = 0; place < WORDS_A_TEXT; place += 1) {
    const isCommon = random() < 0.5;
    const word = Math.floor((isCommon ? COMMON_WORDS : TOPIC_WORDS) * random() ** 2);
    const kind = random() < newWords ? "n" : "k";
    text += isCommon ? ` ${kind}${word}` : ` ${kind}${topic}x${word}`;
  }
  return text;
}
