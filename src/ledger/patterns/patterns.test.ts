import { describe, expect, test } from "bun:test";
import { createDice, type Dice } from "../../../test/support/dice.ts";
import { createPatternReader } from "./pattern-of.ts";
import { readTexts } from "./read-texts.ts";

const { read: patternOf } = createPatternReader({ nowMs: () => 0 });
const bytes = (body: unknown): Uint8Array => Buffer.from(JSON.stringify(body));

describe("what was asked is found in any dialect", () => {
  const long = "and more ".repeat(3000);
  test.each([
    [
      "messages",
      {
        messages: [
          { role: "system", content: "Be brief." },
          { role: "user", content: "Why?" },
        ],
      },
    ],
    ["parts", { system: "Be brief.", messages: [{ role: "user", content: [{ type: "text", text: "Why?" }] }] }],
    [
      "contents",
      {
        systemInstruction: { parts: [{ text: "Be brief." }] },
        contents: [{ role: "user", parts: [{ text: "Why?" }] }],
      },
    ],
    ["input", { instructions: "Be brief.", input: "Why?" }],
    [
      "items",
      { instructions: "Be brief.", input: [{ role: "user", content: [{ type: "input_text", text: "Why?" }] }] },
    ],
    [
      "a span's messages",
      [
        { role: "system", parts: [{ type: "text", content: "Be brief." }] },
        { role: "user", parts: [{ content: "Why?" }] },
      ],
    ],
  ])("%s", (_, body) => {
    expect(readTexts(bytes(body))).toEqual({ system: "Be brief.", user: "Why?" });
  });

  test("in long bodies, too", () => {
    const body = {
      model: "m",
      messages: [
        { role: "system", content: 'Be "brief".' },
        { role: "user", content: long },
        { role: "assistant", content: long },
        { role: "user", content: [{ type: "text", text: `Why?\n${long}` }] },
      ],
    };
    const texts = readTexts(bytes(body));
    expect(texts?.system).toBe('Be "brief".');
    expect(texts?.user.slice(0, 10)).toBe("Why?\nand m");
  });

  test("and nothing where there are no words", () => {
    for (const body of ["", "no JSON", "{", "[]", "null", '{"messages":7}', '{"messages":[null,[[[[[[[["x"]]]]]]]]]}'])
      expect(patternOf(Buffer.from(body))).toBeUndefined();
  });
});

const pick = (dice: Dice, from: readonly string[]): string => from[dice(from.length)] ?? "";
const WORDS =
  "tide rope harbour compass winter letter bread engine garden mirror silver ladder window market bridge".split(" ");
const free = (dice: Dice, words: number): string => Array.from({ length: words }, () => pick(dice, WORDS)).join(" ");

/** As programs fill them in: numbers, names in quotes, dates, ids, free text behind a lead. */
const TEMPLATES: readonly ((dice: Dice) => { system?: string; user: string })[] = [
  (dice) => ({ user: `Translate the following text into French:\n${free(dice, 20 + dice(40))}` }),
  (dice) => ({ user: `Translate the following text into German:\n${free(dice, 20 + dice(40))}` }),
  (dice) => ({ user: `Summarise: ${free(dice, 30)}` }),
  (dice) => ({ user: `Classify the sentiment of this review as positive or negative.\nReview: ${free(dice, 25)}` }),
  (dice) => ({ user: `What is the status of order #${dice(100_000)}?` }),
  (dice) => ({
    user: `Write a subject line for a mail to "${free(dice, 2)}" about our offer of ${dice(90)}% until 2026-0${1 + dice(9)}-1${dice(9)}.`,
  }),
  (dice) => ({ system: "You are the support agent of a shop. Be kind.", user: `${free(dice, 6 + dice(10))}?` }),
  (dice) => ({
    system: "You answer from the documents given only.",
    user: `Context: ${free(dice, 60)}\nQuestion: ${free(dice, 8)}?`,
  }),
  (dice) => ({
    system: "You extract JSON.",
    user: `Invoice ${dice(9999)} of ${1 + dice(28)}.0${1 + dice(9)}.2026, ${free(dice, 12)}`,
  }),
  (dice) => ({ user: `Review https://git.example/${dice(999)}/pull/${dice(99)} and say what could break.` }),
  (dice) => ({ user: `Give user ${Bun.randomUUIDv7()} a greeting of ${dice(9)} words.` }),
  (dice) => ({ user: `Fix this function.\n\`\`\`\n${free(dice, 20)}\n\`\`\`` }),
];

/** Of all pairs of requests: how many that were put together belong together, and how many of those that belong were. */
function judgePairs(labels: readonly number[], found: readonly (string | undefined)[]) {
  let together = 0;
  let belong = 0;
  let both = 0;
  for (let one = 0; one < labels.length; one += 1)
    for (let other = 0; other < one; other += 1) {
      const isTogether = found[one] !== undefined && found[one] === found[other];
      const doBelong = labels[one] === labels[other];
      together += isTogether ? 1 : 0;
      belong += doBelong ? 1 : 0;
      both += isTogether && doBelong ? 1 : 0;
    }
  return { precision: both / together, recall: both / belong };
}

test("requests of one template have one pattern, and those of different ones do not", () => {
  const dice = createDice(8);
  const labels = Array.from({ length: 600 }, () => dice(TEMPLATES.length));
  const found = labels.map((label) => {
    const { system, user } = TEMPLATES[label]?.(dice) ?? { user: "" };
    const messages = [...(system ? [{ role: "system", content: system }] : []), { role: "user", content: user }];
    return patternOf(bytes({ model: "m", messages }));
  });
  const { precision, recall } = judgePairs(labels, found);
  expect(precision).toBeGreaterThanOrEqual(0.95);
  expect(recall).toBeGreaterThanOrEqual(0.95);
});

test("a template is a pattern when it is met again, and is told once in a while", () => {
  let nowMs = 0;
  const reader = createPatternReader({ nowMs: () => nowMs });
  const ask = (what: string): string | undefined =>
    reader.read(bytes({ messages: [{ role: "user", content: `${what}:\nwords` }] }));
  expect([ask("Translate"), ask("Summarise")]).toEqual([undefined, undefined]);
  const id = ask("Translate");
  expect(reader.met()).toEqual([{ id: String(id), template: "translate" }]);
  reader.told(reader.met());
  expect([ask("Translate"), reader.met()]).toEqual([id, []]);
  nowMs = 7 * 3_600_000;
  reader.told([]);
  expect([ask("Translate"), reader.met().length]).toEqual([id, 1]);
});
