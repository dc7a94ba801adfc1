// More keys than the console reads: those beyond are found by the server, and open from a link.
import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { nothing } from "./support/data.ts";
import { describeConsole } from "./support/describe-console.ts";
import { press } from "./support/open-console.ts";

const rowOf = (page: Page, name: string): Locator =>
  page.getByRole("grid", { name: "Keys" }).getByRole("row").filter({ hasText: name });

describeConsole("more keys than one page reads", { data: nothing }, (given) => {
  test("are found wherever they are, and open from a link", async () => {
    const { client } = given.app;
    const first = await client.keys.create({ name: "the very first", project: null, team: null });
    const keys = Object.fromEntries(Array.from({ length: 5100 }, (_, index) => [`filler ${index}`, {}]));
    await client.apply({ state: { keys } });
    const page = await given.open({ page: "/keys" });
    await page.getByText("This page lists the newest 5,000 keys and finds among all of them.").waitFor();
    expect(await rowOf(page, "the very first").count()).toBe(0);
    await press(page, "/");
    await page.keyboard.type("VERY first");
    await rowOf(page, "the very first").waitFor();
    await page.getByText("All 1", { exact: true }).waitFor();
    await page.getByRole("searchbox", { name: "Find" }).fill("nobody has this name");
    await page.getByText("No key is like that.").waitFor();

    const linked = await given.open({ page: `/keys?open=${first.id}` });
    await linked.getByRole("complementary", { name: "Key the very first" }).getByText(first.id).waitFor();
  });
});
