import { expect, test } from "bun:test";
import { assert, property, string } from "fast-check";
import { escapeText, markup } from "./escape.ts";

test("what stands in a template is escaped, wherever it stands", () => {
  const name = `<b title="x">'&`;
  expect(markup`<a href="${name}">${name}</a>`.html).toBe(
    '<a href="&lt;b title=&quot;x&quot;&gt;&#39;&amp;">&lt;b title=&quot;x&quot;&gt;&#39;&amp;</a>',
  );
});

test("templates in templates stay what they are, lists of them too, and nothing is nothing", () => {
  const items = ["a", "<"].map((each) => markup`<li>${each}</li>`);
  expect(markup`<ul>${items}${null}${undefined}${7}</ul>`.html).toBe("<ul><li>a</li><li>&lt;</li>7</ul>");
});

test("marks that nobody sees are shown", () => {
  expect(escapeText("user\u202Enimda\u0000\u200B")).toBe("user\\u202enimda\\u0000\\u200b");
});

test("no text comes through with a mark of HTML in it", () => {
  assert(
    property(string({ unit: "binary" }), (text) => {
      expect(escapeText(text)).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
    }),
  );
});
