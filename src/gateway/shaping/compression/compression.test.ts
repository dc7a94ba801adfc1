import { describe, expect, test } from "bun:test";
import { array, assert, constantFrom, property, record, string } from "fast-check";
import type { CallerRequest } from "../../../providers/index.ts";
import { collapseWhitespace } from "./collapse-whitespace.ts";
import { compress, compressTexts } from "./compress.ts";
import { compressionSchema } from "./config.ts";
import { dropRepeats } from "./drop-repeats.ts";

const all = compressionSchema.parse({ whitespace: true, repeated_context: true });
const LONG = Array.from({ length: 8 }, (_, line) => `Line ${line} of the harbour's rules says something.`).join("\n");
const plain = (...texts: string[]) => texts.map((text) => ({ text, isKept: false }));

/** Texts of lines that are likely to be the same, to stand in code, to be quoted, and to have blanks. */
const line = constantFrom(
  "",
  "  ",
  "```",
  "~~~ts",
  "    code   here",
  "\tcode",
  "a  b\t c  ",
  ' said "x   y"  and  z ',
  '"open   end  ',
  "- item",
  ...LONG.split("\n"),
  `one long line ${"x".repeat(210)}  end`,
);
const text = array(line, { maxLength: 40 }).map((lines) => lines.join("\n"));
const cached = record({ text, isCached: constantFrom(true, false) });

describe("compression", () => {
  test("done twice is the same as done once", () => {
    assert(
      property(array(cached, { maxLength: 6 }), (texts) => {
        const once = compressTexts(texts, all);
        const again = compressTexts(
          once.map((each, place) => ({ text: each, isCached: texts[place]?.isCached ?? false })),
          all,
        );
        expect(again).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  test("leaves texts as they are in which there is nothing to leave out, whatever they say", () => {
    assert(
      property(array(string({ unit: "grapheme" }), { maxLength: 6 }), (texts) => {
        const bare = texts.map((each) => each.replaceAll(/[ \t\n]+/g, " ").trim());
        const given = bare.map((each) => ({ text: each, isCached: false }));
        expect(compressTexts(given, all)).toEqual(bare);
      }),
    );
  });

  test("never makes a text longer, and never touches one before a cache mark", () => {
    assert(
      property(array(cached, { maxLength: 6 }), (texts) => {
        for (const [place, each] of compressTexts(texts, all).entries()) {
          const given = texts[place];
          if (given?.isCached) expect(each).toBe(given.text);
          expect(each.length).toBeLessThanOrEqual(given?.text.length ?? 0);
        }
      }),
    );
  });
});

describe("blanks", () => {
  test("are collapsed within lines, at their ends and between them", () => {
    expect(collapseWhitespace("A   b\tc  \n\n\n\nd")).toBe("A b c\n\nd");
  });

  test("are found in one go, however long a line is", () => {
    const [quotes, blanks] = ['"' + '\\"'.repeat(300_000), `a${" ".repeat(300_000)}b`];
    expect(collapseWhitespace(`${quotes}\n${blanks}`)).toBe(`${quotes}\na b`);
  });

  test.each([
    ["in fenced code", "```py\nx  =  1   \n\n\n\ny\n```"],
    ["in indented code", "    x  =  1\n\ty  =  2"],
    ["in JSON strings", '{"a": "x   y \\"  z"}'],
    ["of indentation", "- a\n  - b\n   c"],
    ["at the end of a text", "a\n"],
  ])("%s are left", (_, each) => expect(collapseWhitespace(each)).toBe(each));
});

describe("what stands earlier", () => {
  test("is left out where it comes again, with a note in its place", () => {
    const [first, second] = dropRepeats(plain(`Here: \n${LONG}`, `Again:\n${LONG}\nAnd now?`));
    expect(first).toBe(`Here: \n${LONG}`);
    expect(second).toBe(
      "Again:\n[Left out here: 8 lines of an earlier message, from (Line 0 of the harbour's rules says somet…) on.]\nAnd now?",
    );
  });

  test("stays where it is short, not quite the same, or within one message", () => {
    for (const texts of [
      ["short line of text", "short line of text"],
      [LONG, LONG.replaceAll("rules", "Rules")],
      [`${LONG}\n${LONG}`],
    ])
      expect(dropRepeats(plain(...texts))).toEqual(texts);
  });

  test("never takes the beginning of a piece of code without its end", () => {
    const begun = `${LONG}\n\`\`\`\n${LONG}`;
    expect(dropRepeats(plain(begun, `${begun}\nother\n\`\`\``))[1]).toMatch(
      /^\[Left out here: 8 lines.*\]\n```\n\[Left/s,
    );
  });

  test("is found in time that does not run away with the number of lines", () => {
    const same = Array.from({ length: 20_000 }, () => "the same line again and again").join("\n");
    expect(dropRepeats(plain(same, `x\n${same}`))).toHaveLength(2);
  });
});

const requestOf = (dialect: CallerRequest["dialect"], body: object): CallerRequest => ({
  operation: "chat",
  dialect,
  text: JSON.stringify(body),
  model: "m",
  stream: false,
  includeUsage: false,
});

describe("a request", () => {
  test("without anything to leave out is the same one", () => {
    const request = requestOf("openai-chat", { model: "m", messages: [{ role: "user", content: "a b" }] });
    expect(compress(request, all)?.request).toBe(request);
  });

  test.each<[CallerRequest["dialect"], object, object]>([
    [
      "openai-chat",
      {
        messages: [
          { role: "tool", content: "a  b" },
          { role: "user", content: [{ type: "text", text: "a  b" }] },
        ],
      },
      {
        messages: [
          { role: "tool", content: "a  b" },
          { role: "user", content: [{ type: "text", text: "a b" }] },
        ],
      },
    ],
    [
      "openai-responses",
      {
        instructions: "a  b",
        input: [
          { role: "user", content: "a  b" },
          { type: "function_call_output", output: "a  b" },
        ],
      },
      {
        instructions: "a b",
        input: [
          { role: "user", content: "a b" },
          { type: "function_call_output", output: "a  b" },
        ],
      },
    ],
    [
      "anthropic-messages",
      {
        system: [{ type: "text", text: "a  b", cache_control: { type: "ephemeral" } }],
        messages: [{ role: "user", content: "a  b" }],
      },
      {
        system: [{ type: "text", text: "a  b", cache_control: { type: "ephemeral" } }],
        messages: [{ role: "user", content: "a b" }],
      },
    ],
    [
      "gemini",
      {
        systemInstruction: { parts: [{ text: "a  b" }] },
        contents: [{ parts: [{ text: "a  b" }, { functionCall: { args: "a  b" } }] }],
      },
      {
        systemInstruction: { parts: [{ text: "a b" }] },
        contents: [{ parts: [{ text: "a b" }, { functionCall: { args: "a  b" } }] }],
      },
    ],
    [
      "bedrock-converse",
      {
        system: [{ text: "a  b" }, { cachePoint: { type: "default" } }],
        messages: [{ role: "user", content: [{ text: "a  b" }] }],
      },
      {
        system: [{ text: "a  b" }, { cachePoint: { type: "default" } }],
        messages: [{ role: "user", content: [{ text: "a b" }] }],
      },
    ],
  ])("of %s has less in its messages, and nowhere else", (dialect, body, less) => {
    const compressed = compress(requestOf(dialect, body), all);
    expect(JSON.parse(compressed?.request.text ?? "")).toEqual(less);
    expect(compressed?.compression.saved_usd_micros).toBeNull();
  });
});
