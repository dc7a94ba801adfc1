// Headers as the vendors' own pages show them.
import { describe, expect, test } from "bun:test";
import { type QuotaStyle, readQuotas } from "./quotas.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const read = (style: QuotaStyle, headers: Record<string, string>) => readQuotas(style, new Headers(headers), NOW);

describe("what a vendor says of its limits", () => {
  test("is read from headers like OpenAI's, with durations of several parts or plain seconds", () => {
    const headers = {
      "x-ratelimit-limit-requests": "60",
      "x-ratelimit-remaining-requests": "59",
      "x-ratelimit-reset-requests": "1s",
      "x-ratelimit-limit-tokens": "150000",
      "x-ratelimit-remaining-tokens": "149984",
      "x-ratelimit-reset-tokens": "6m0s",
    };
    expect(read("openai", headers)).toEqual([
      { unit: "requests", limit: 60, remaining: 59, resetMs: 1000, isEven: true },
      { unit: "tokens", limit: 150_000, remaining: 149_984, resetMs: 360_000, isEven: true },
    ]);
    const groq = { ...headers, "x-ratelimit-reset-requests": "2m59.56s", "x-ratelimit-reset-tokens": "120ms" };
    expect(read("openai", groq).map(({ resetMs }) => resetMs)).toEqual([179_560, 120]);
    expect(read("openai", { ...headers, "x-ratelimit-reset-requests": "7.5" })[0]?.resetMs).toBe(7500);
  });

  test("is read from Anthropic's, the scarcest of all its kinds of tokens", () => {
    const of = (name: string, [limit, remaining, reset]: [string, string, string]) => ({
      [`anthropic-ratelimit-${name}-limit`]: limit,
      [`anthropic-ratelimit-${name}-remaining`]: remaining,
      [`anthropic-ratelimit-${name}-reset`]: reset,
    });
    const headers = {
      ...of("requests", ["50", "49", "2026-11-21T12:00:01Z"]),
      ...of("input-tokens", ["50000", "48000", "2026-11-21T12:00:03Z"]),
      ...of("output-tokens", ["10000", "9000", "2026-11-21T12:00:06Z"]),
      ...of("tokens", ["60000", "57000", "2026-11-21T12:00:06Z"]),
    };
    expect(read("anthropic", headers)).toEqual([
      { unit: "requests", limit: 50, remaining: 49, resetMs: 1000, isEven: true },
      { unit: "tokens", limit: 10_000, remaining: 9000, resetMs: 6000, isEven: true },
    ]);
  });

  test("is read from vendors that name the window", () => {
    const cerebras = {
      "x-ratelimit-limit-requests-day": "1000000000",
      "x-ratelimit-remaining-requests-day": "999997455",
      "x-ratelimit-reset-requests-day": "33011.382867",
    };
    expect(read("cerebras", cerebras)).toMatchObject([{ remaining: 999_997_455, resetMs: 33_011_382.867 }]);
    const mistral = { "x-ratelimit-limit-req-minute": "60", "x-ratelimit-remaining-req-minute": "3" };
    expect(read("mistral", mistral)).toMatchObject([{ unit: "requests", limit: 60, remaining: 3, resetMs: 60_000 }]);
  });

  test.each([
    {},
    { "x-ratelimit-remaining-requests": "3" },
    { "x-ratelimit-remaining-requests": "", "x-ratelimit-reset-requests": "1s" },
    { "x-ratelimit-remaining-requests": "-1", "x-ratelimit-reset-requests": "1s" },
    { "x-ratelimit-remaining-requests": "many", "x-ratelimit-reset-requests": "1s" },
    { "x-ratelimit-remaining-requests": "3", "x-ratelimit-reset-requests": "soon" },
    { "x-ratelimit-remaining-requests": "3", "x-ratelimit-reset-requests": "1s or so" },
  ] as Record<string, string>[])("is nothing where it makes no sense: %j", (headers) => {
    expect(read("openai", headers)).toEqual([]);
  });
});
