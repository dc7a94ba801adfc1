// Whether a page can be used by everybody, as far as a program can tell: axe's rules of WCAG 2.2 AA and its good practice.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type axe from "axe-core";
import { expect } from "bun:test";
import type { Page } from "playwright-core";

/** What axe's script leaves on the page. */
interface WithAxe {
  axe?: typeof axe;
}

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** `but` names rules that do not hold for this page; say why beside it. */
export async function expectNoAxeViolations(page: Page, { but = [] }: { but?: readonly string[] } = {}): Promise<void> {
  expect(await axeViolations(page, but)).toEqual([]);
}

/** Each as one text: the rule, what it says, and where. */
export async function axeViolations(page: Page, but: readonly string[] = []): Promise<string[]> {
  await bringAxe(page);
  await untilStill(page);
  const violations = await page.evaluate(
    async ({ tags, off }) => {
      const { axe } = globalThis as WithAxe;
      if (axe === undefined) throw new Error("axe is not on the page");
      const rules = Object.fromEntries(off.map((rule) => [rule, { enabled: false }]));
      const found = await axe.run(document, {
        runOnly: { type: "tag", values: tags },
        rules,
        resultTypes: ["violations"],
      });
      return found.violations.map(({ id, help, nodes }) => ({
        id,
        help,
        places: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary ?? ""}`),
      }));
    },
    { tags: TAGS, off: but },
  );
  return violations.map(({ id, help, places }) => [`${id}: ${help}`, ...places].join("\n"));
}

/** Colours on their way from one theme to the other are nobody's: what ends by itself is waited for. */
function untilStill(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** Puts axe on a page that does not have it yet. The debugger puts it there, which the page's policy has no say in. */
export async function bringAxe(page: Page): Promise<void> {
  const isThere = await page.evaluate(() => (globalThis as WithAxe).axe !== undefined);
  if (!isThere) await page.evaluate(readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8"));
}
