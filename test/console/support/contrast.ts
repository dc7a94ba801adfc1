// How much what is drawn stands out from its ground, by WCAG's measure, as the browser has worked the colours out.
import type axe from "axe-core";
import { expect } from "bun:test";
import type { Locator } from "playwright-core";
import { bringAxe } from "./accessibility.ts";

/** What WCAG 2.2 asks for at level AA. */
export const LEAST = { text: 4.5, largeText: 3, graphics: 3 } as const;

/** The property that has the colour: `color` for text; `stroke`, `fill` or `border-top-color` for what is drawn. */
export type ColourProperty = "color" | "stroke" | "fill" | "border-top-color" | "outline-color" | "background-color";

interface WithColours {
  axe: typeof axe & {
    commons: {
      color: {
        Color: new () => Colour;
        getBackgroundColor(element: Element, below: Element[]): Colour | null;
        flattenColors(over: Colour, under: Colour): Colour;
        getContrast(one: Colour, other: Colour): number;
      };
      dom: { getComposedParent(element: Element): Element | null };
    };
  };
}
interface Colour {
  parseString(text: string): unknown;
}

/** Every element that the locator finds, of which there must be one, has at least this contrast to its ground. */
export async function expectContrast(
  found: Locator,
  { least = LEAST.text, property = "color" }: { least?: number; property?: ColourProperty } = {},
): Promise<void> {
  const contrasts = await contrastsOf(found, property);
  expect(contrasts.length).toBeGreaterThan(0);
  expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(least);
}

/** 1 where it cannot be seen at all, 21 for black on white. NaN where axe cannot tell what is behind, such as a picture. */
export async function contrastsOf(found: Locator, property: ColourProperty = "color"): Promise<number[]> {
  await found.first().waitFor();
  await bringAxe(found.page());
  return found.evaluateAll((elements, name) => {
    // Not declared in axe's types, but documented as its API for rules: `axe.commons`.
    const { color, dom } = (globalThis as unknown as WithColours).axe.commons;
    // axe looks things up in a tree that it makes of the page as it is now.
    const { axe } = globalThis as unknown as WithColours;
    axe.setup(document);
    try {
      return elements.map((element) => {
        // What colours a whole box stands out from what is behind the box.
        const isBox = name === "background-color" || name.startsWith("border") || name.startsWith("outline");
        const ground = color.getBackgroundColor(isBox ? (dom.getComposedParent(element) ?? element) : element, []);
        if (ground === null) return Number.NaN;
        const own = new color.Color();
        own.parseString(getComputedStyle(element).getPropertyValue(name));
        return color.getContrast(color.flattenColors(own, ground), ground);
      });
    } finally {
      axe.teardown();
    }
  }, property);
}
