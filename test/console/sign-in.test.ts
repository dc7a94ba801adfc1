// The way in: by key in the page itself, and as people of each role.
import { expect, test } from "bun:test";
import { describeConsole } from "./support/describe-console.ts";
import { signInByKey } from "./support/sign-in.ts";

describeConsole("signing in", {}, (given) => {
  test("by a key goes on to what was asked for, and keeps the key out of the page", async () => {
    const page = await given.open({ as: "nobody", page: "/calls?outcome=refused" });
    await signInByKey(page, given.app.key);
    await page.getByRole("button", { name: "Sign out" }).waitFor();
    expect(page.url()).toContain("#/calls?outcome=refused");
    expect(await page.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage })")).not.toContain(given.app.key);
    expect(await page.evaluate("document.cookie")).not.toContain("session");
  });
});
