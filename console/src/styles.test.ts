import { describe, expect, test } from "bun:test";
import { join } from "node:path";

type Tokens = Record<string, string>;

const css = await Bun.file(join(import.meta.dir, "styles.css")).text();
const pairs = [...css.matchAll(/--color-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)];
const themes: [string, Tokens][] = [
  ["light", Object.fromEntries(pairs.map(([, name, light]) => [name, light]))],
  ["dark", Object.fromEntries(pairs.map(([, name, , dark]) => [name, dark]))],
];
const grounds = ["sheet", "paper", "shoal", "tide", "alarm"];

describe.each(themes)("the %s theme", (_theme, tokens) => {
  test.each(["ink", "soft", "pen", "ok", "warn", "fail", "off"])("can be read: %s on every ground", (name) => {
    for (const ground of grounds) expect([ground, contrast(tokens, name, ground) >= 4.5]).toEqual([ground, true]);
  });

  test("can be read on its buttons, and shows where its fields are", () => {
    expect(contrast(tokens, "on-pen", "pen")).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens, "control", "sheet")).toBeGreaterThanOrEqual(3);
    expect(contrast(tokens, "control", "paper")).toBeGreaterThanOrEqual(3);
  });

  test.each([1, 2, 3, 4, 5, 6])(
    "shows the line of series %d on the sheet, and apart from the next by its lightness",
    (n) => {
      const ink = `series-${n}`;
      expect(contrast(tokens, ink, "sheet")).toBeGreaterThanOrEqual(3);
      if (n < 6) expect(contrast(tokens, ink, `series-${n + 1}`)).toBeGreaterThanOrEqual(1.5);
    },
  );
});

/** The contrast ratio of WCAG 2. */
function contrast(tokens: Tokens, one: string, other: string): number {
  const [a, b] = [luminance(tokens[one] ?? ""), luminance(tokens[other] ?? "")];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Relative luminance of `#rrggbb`, as WCAG 2 defines it. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
