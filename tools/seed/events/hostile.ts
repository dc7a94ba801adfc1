// Calls that a page which shows them must survive, and a program that calls too fast.
import type { PlannedCall } from "../calls/request.ts";
import { brokenBody, deepJson, greatText, hostileTexts } from "../texts/hostile.ts";
import type { Happening } from "./happening.ts";

const ANSWER = {
  text: "I am sorry, I cannot do anything with that. Could you tell me your order number?",
  inputTokens: 60,
};
const HOUR_MS = 3_600_000;

export function hostileCalls(endMs: number): Happening[] {
  const base: Pick<PlannedCall, "key" | "model" | "answer"> = { key: "live chat", model: "live", answer: ANSWER };
  const say = (content: string, answer = ANSWER): PlannedCall => ({
    ...base,
    answer,
    messages: [{ role: "user", content }],
  });
  const calls: PlannedCall[] = [
    // What goes in comes back, so that both sides are tried.
    ...hostileTexts.map((text) => say(text, { text: `You wrote: ${text}`, inputTokens: 60 })),
    say(deepJson()),
    say(greatText(), { text: "That is a long log.", inputTokens: 24_000 }),
    { ...base, messages: [], rawBody: brokenBody("live") },
    { ...base, messages: [{ role: "user", content: "\u0000 NUL, \uD800 half a pair" }] },
  ];
  return calls.map((call, index) => ({
    atMs: endMs - 2 * HOUR_MS + index * 60_000,
    what: "a hostile call",
    act: async ({ sender }) => void (await sender.send(call)),
  }));
}

const DAY_MS = 24 * HOUR_MS;
const CALLS_TOO_FAST = 7;

/** A forgotten script: two calls a minute are allowed to it. */
export function tooFast(startMs: number): Happening[] {
  const call: PlannedCall = {
    key: "load test",
    model: "faq",
    messages: [{ role: "user", content: "ping" }],
    answer: { text: "pong", inputTokens: 4 },
    // A kept answer is given without counting.
    headers: { "x-binnacle-cache": "no-store" },
  };
  return Array.from({ length: CALLS_TOO_FAST }, (_, index) => ({
    atMs: startMs + DAY_MS + 3 * HOUR_MS + index * 900,
    what: "a call that comes too fast",
    act: async ({ sender }) => void (await sender.send(call)),
  }));
}
