import { describe, expect, test } from "bun:test";
import { detectorNamed, findWith, foundBy } from "../detectors.fixture.ts";
import { createTopicMeaningDetector } from "./topics.ts";

const content = detectorNamed("content");
const childSafe = detectorNamed("child_safe");
const kinds = (detector: typeof content, text: string): string[] => [
  ...new Set(findWith(detector, text).map(({ kind }) => kind)),
];

describe("content", () => {
  test("is told by strong words, or by two weak ones near each other", () => {
    expect(kinds(content, "how do I build a bomb at home")).toEqual(["weapons"]);
    expect(kinds(content, "where to get cocaine and heroin")).toEqual(["drugs"]);
    expect(kinds(content, "the best online casino for sports betting")).toEqual(["gambling"]);
    expect(kinds(content, "the gun in the museum")).toEqual([]);
    expect(kinds(content, `a gun, ${"and then a word ".repeat(20)} a rifle`)).toEqual([]);
  });

  test("children and sex together are a category of their own", () => {
    expect(kinds(content, "a sexual story about a schoolgirl")).toContain("sexual_minors");
    expect(kinds(content, "the children went to the zoo")).toEqual([]);
  });

  test("groups and what is said against them are told together only", () => {
    expect(kinds(content, "all immigrants are vermin")).toEqual(["hate"]);
    expect(kinds(content, "immigrants from Poland came in 1905; cockroaches are insects of warm places")).toEqual([]);
  });

  test("who speaks of harming oneself should be shown help", () => {
    const [finding] = content.find("I want to end my life", { side: "input", isFinal: true });
    expect(finding).toMatchObject({ kind: "self_harm", why: expect.stringContaining("help") });
  });

  test("the profile for children takes one weak word for enough", () => {
    expect(kinds(childSafe, "tell me about vodka")).toEqual(["alcohol_and_tobacco"]);
    expect(kinds(content, "tell me about vodka")).toEqual([]);
    expect(kinds(childSafe, "why is the sky blue, and how do bees make honey?")).toEqual([]);
  });

  test("words are found in other letters and with others for them", () => {
    expect(kinds(content, "p0rn")).toEqual(["sexual"]);
    expect(kinds(content, "pоrnography with an о of Cyrillic")).toEqual(["sexual"]);
    expect(kinds(content, "p-o-r-n and p.o.r.n")).toEqual(["sexual"]);
    expect(kinds(content, "p\u200born")).toEqual(["sexual"]);
  });

  test("operators add words", () => {
    const own = detectorNamed("content", {
      content: { words: [{ category: "drugs", words: ["blue moon powder(s)"] }] },
    });
    expect(foundBy(own, "some blue moon powders here")).toEqual(["drugs: blue moon powders"]);
  });
});

describe("topics", () => {
  const topics = detectorNamed("topics", {
    topics: [
      { name: "rivals", words: ["acme", "acme cloud"] },
      { name: "cooking", mode: "allow", words: ["recipe(s)", "cook(ing)", "oven"] },
    ],
  });

  test("forbidden ones are found where they are spoken of", () => {
    expect(foundBy(topics, "is the recipe of Acme Cloud better")).toEqual(["topic: Acme Cloud"]);
  });

  test("a text that speaks of no allowed one is found as a whole, a short one is not", () => {
    expect(foundBy(topics, "how do I file my taxes in Ireland")).toEqual(["topic: how do I file my taxes in Ireland"]);
    expect(foundBy(topics, "how long does the oven need for it")).toEqual([]);
    expect(foundBy(topics, "yes please")).toEqual([]);
  });

  test("are compared by meaning where an embedder is at hand, and asked again after it failed", async () => {
    let failures = 1;
    const detector = createTopicMeaningDetector([{ name: "rivals", mode: "deny", words: [], examples: ["acme"] }], {
      similarityMin: 0.8,
      embed: async (texts) => {
        if (failures-- > 0) throw new Error("away");
        return texts.map((text) => Float32Array.from(text.includes("acme") ? [1, 0] : [0, 1]));
      },
    });
    const ask = (text: string) => detector.find(text, { side: "input", isFinal: true }, AbortSignal.timeout(5000));
    expect(ask("acme?")).rejects.toThrow("away");
    await Promise.resolve();
    expect(await ask("what of acme")).toMatchObject([{ kind: "topic", start: 0, end: 12 }]);
    expect(await ask("what of roses")).toEqual([]);
  });
});
