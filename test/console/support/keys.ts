// What hands do on a keyboard: what is pressed is all that happens to a page; no pointer, and nothing is focused for it.
import type { Locator, Page } from "playwright-core";
import { press, tabTo } from "./open-console.ts";

export async function enter(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted);
  await press(page, "Enter");
}

/** Over what stands in the field. */
export async function write(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await press(page, "Control+a");
  await page.keyboard.type(text);
}

/** The same in a code editor, which keeps the Tab key until Escape is pressed. */
export async function writeCode(page: Page, editor: Locator, text: string): Promise<void> {
  await tabTo(page, editor);
  // What is typed over the old text would be given its look by a style, which the page's policy forbids and the log then says.
  await press(page, "Control+a", "Delete");
  await page.keyboard.type(text);
  await press(page, "Escape", "Tab");
}

/** Goes down an open menu to this. */
export async function chooseItem(page: Page, name: string): Promise<void> {
  const item = page.getByRole("menuitem", { name, exact: true });
  await item.waitFor();
  // It takes the focus a moment after it is there.
  await page.waitForFunction(() => document.activeElement?.closest("[role=menu]") !== null);
  for (let presses = 0; presses < 12; presses += 1) {
    if (await item.evaluate((element) => element === document.activeElement)) return press(page, "Enter");
    await press(page, "ArrowDown");
  }
  throw new Error(`the menu has no ${name} that arrows lead to`);
}
