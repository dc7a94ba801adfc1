// Canonical → dialect → canonical: what a dialect can say alone it can say together with all else that it can say.
import { describe, expect, test } from "bun:test";
import { assert, constantFrom, property, subarray, tuple } from "fast-check";
import type { ChatRequest } from "../../../src/providers/contract.ts";
import { dialectNames } from "../../../src/providers/index.ts";
import { answerFeatures, requestFeatures, type RequestFeature } from "./features.ts";
import { fateOfAnswer, fateOfRequest, plainRequest, sendRequest } from "./round-trip.ts";

/** They bear on one another: the longest answer holds the reasoning, and who reasons chooses his own words. */
const REASONING = /reasoning|temperature|top_|limit of the answer|tool choice/;

function together(features: readonly RequestFeature[], through: (typeof dialectNames)[number]): ChatRequest {
  return features.reduce<ChatRequest>((request, { says }) => ({ ...request, ...says }), plainRequest(through));
}

const NEEDS_NONE = new Set([
  // They save money and say nothing: vendors of these dialects find by themselves what repeats.
  ...["openai-chat", "openai-responses", "cohere-chat", "ollama-chat"].map((name) => `${name} prompt-cache marks`),
  // Without tools none is called, and without a word Bedrock's models do not reason.
  "bedrock-converse tool choice: none",
  "ollama-chat tool choice: none",
  "bedrock-converse no reasoning",
]);

describe.each(dialectNames.map((name) => [name]))("%s", (name) => {
  test("loses nothing in silence", () => {
    const lost = [
      ...requestFeatures.filter((each) => fateOfRequest(each, name) === "lost"),
      ...answerFeatures.filter((each) => fateOfAnswer(each, name) === "lost"),
    ];
    const unsaid = lost.map((each) => `${name} ${each.name}`);
    expect(unsaid.filter((each) => !NEEDS_NONE.has(each))).toEqual([]);
  });

  test("keeps together what it keeps alone, or says that it does not", () => {
    const kept = requestFeatures.filter(
      (each) => fateOfRequest(each, name) === "carried" && !REASONING.test(each.name),
    );
    // Of those that say other messages or other tools, one at a time.
    const alone = kept.filter(({ says }) => says.messages !== undefined);
    const free = kept.filter(({ says }) => says.messages === undefined);
    const combination = tuple(subarray(free), constantFrom(undefined, ...alone));
    assert(
      property(combination, ([some, one]) => {
        const features = one ? [...some, one] : some;
        const asked = together(features, name);
        const { request, dropped } = sendRequest(name, asked);
        // Gemini gives no JSON while it has tools, and says so.
        if (dropped.length > 0) return;
        for (const { find } of features.filter((each) => sayIsLast(each, features)))
          expect(find(request)).toEqual(find(asked));
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});

/** Two features may say the same member: the later one's stands. */
function sayIsLast(feature: RequestFeature, features: readonly RequestFeature[]): boolean {
  const later = features.slice(features.indexOf(feature) + 1);
  return !later.some(({ says }) => Object.keys(says).some((key) => key in feature.says));
}
