import { expect, test } from "bun:test";
import type { Detector } from "../contract.ts";
import { detectorsConfigSchema } from "./config.ts";
import { createDetectors } from "./create-detectors.ts";

const config = detectorsConfigSchema.parse({
  topics: [{ name: "garden", words: ["rose garden", "roses"] }],
  links: { allow: ["example.org"] },
  code: { deny: ["shell"] },
  languages: ["en"],
  // The classics of catastrophic backtracking.
  patterns: ["(a+)+$", "([a-zA-Z]+)*1", "(a|aa)+b", "(a|a?)+c", "(.*a){12}", "^(([a-z])+.)+[A-Z]([a-z])+$"].map(
    (pattern, place) => ({
      name: `classic_${place}`,
      pattern,
    }),
  ),
});
const detectors = createDetectors(config);

/** What a clever caller repeats: beginnings of everything that is looked for, and no end. */
const units = [
  "a", "1", "1 ", "1-", "1.", "11.", "4111 ", "4111111111111111 ", "a@", "a@a.", "@", "a.", "(", "(1", "+1", "+49 ", "://", "a://a:a", "https://a:", "postgres://a:",
  "eyJ", "eyJhbGciOiJIUzI1NiJ9.", "-----BEGIN ", "-----BEGIN PRIVATE KEY-----", "aA1", "aA1bB2cC3dD4eE5fF6", "=", "password=", "token:", "sk-", "AKIA", "GB29", "GB29 ", "1::", "1:", "f:f:",
  "[at", "jane [at] ", "A ", "Aa ", "Mr. ", "John ", "O'", "12 Aa ", "12 Main ", "12 rue ", "lives at 1", "Apt. 1 ", "ignore ", "ignore previous ", "i ", "i g n ", "%6", "%69", "\\u00", "\\u0069", "&#1", "&#105;", "aWdub3JlIGFs", "6967", "vtaber ",
  "```", "```sh\n", "SELECT ", "<script", "![", "![a](http://a/", "www.", "www.a.", "http://a.", "_", "-", "\u200b", "4\u200b", "\u0430", "好", "\u{1d400}", "gun ", "child ", "born ", "zip ", "passport 1", "born 1 ", "In 1999", "\n", " ", "<|", "x".repeat(63) + "\n",
]; // prettier-ignore

const SMALL = 8192;
const TIMES = 8;
const TRIES = 4;
/** Quadratic work over so much takes longer than this, however little of it there is. */
const SOON_MS = 20;

/** Of the processor, not of the clock: other programs on the machine do not count. */
function spentOn(detector: Detector, text: string): number {
  const before = process.cpuUsage();
  detector.find(text, { side: "tool_result", isFinal: true });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function repeatedTo(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

/**
 * Quadratic work takes sixty-four times as long for eight times as much. What is done besides, as garbage is collected or code
 * compiled, only ever adds to either: the least of several tries is nearest to the work itself.
 */
function looksQuadratic(detector: Detector, unit: string): boolean {
  if (spentOn(detector, repeatedTo(unit, SMALL * TIMES)) < SOON_MS) return false;
  let [small, large] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let turn = 0; turn < TRIES; turn++) {
    Bun.gc(true);
    small = Math.min(small, spentOn(detector, `${turn}${repeatedTo(unit, SMALL)}`));
    large = Math.min(large, spentOn(detector, `${turn}${repeatedTo(unit, SMALL * TIMES)}`));
    // Far from it: there is no need to try again.
    if (large < SOON_MS || large < small * TIMES * 1.5) return false;
  }
  return large >= small * TIMES * 3;
}

const builtIn = detectors.filter(({ name }) => !name.startsWith("pattern_"));

test.each(builtIn.map((detector) => [detector.name, detector] as const))(
  "%s takes about eight times as long for eight times as much, whatever is repeated",
  (_, detector) => {
    expect(units.filter((unit) => looksQuadratic(detector, unit))).toEqual([]);
  },
  120_000,
);

test("a detector that is quadratic is told", () => {
  const quadratic: Detector = {
    name: "quadratic",
    kinds: [],
    reach: 0,
    find(text) {
      let found = 0;
      for (let from = 0; from < text.length; from += 8)
        for (let to = from; to < text.length; to++) found += text.charCodeAt(to) === 1 ? 1 : 0;
      return found > 0 ? [] : [];
    },
  };
  expect(looksQuadratic(quadratic, "a")).toBe(true);
}, 120_000);

test("patterns of operators look through a megabyte of what they are worst at", () => {
  const patterns = detectors.filter(({ name }) => name.startsWith("pattern_"));
  expect(patterns.length).toBe(6);
  for (const detector of patterns) detector.find(`${"a".repeat(1_048_575)}!`, { side: "input", isFinal: true });
}, 120_000);

test("every built-in detector looks through a megabyte", () => {
  const text = repeatedTo(
    "Call Mr. John Smith, 12 Main Street, +44 20 7946 0958, or write to john@example.org about order 12345. ",
    1_048_576,
  );
  for (const detector of detectors) detector.find(text, { side: "input", isFinal: true });
}, 120_000);
