// The harness itself: what it must notice it does notice.
import { expect, test } from "bun:test";
import { axeViolations, expectNoAxeViolations } from "./accessibility.ts";
import { contrastsOf } from "./contrast.ts";
import { describeConsole } from "./describe-console.ts";
import { openConsole } from "./open-console.ts";
import { launchBrowser } from "../../support/browser/browser.ts";
import { until as waitUntil } from "../../support/until.ts";

describeConsole("a page under watch", {}, (given) => {
  test("has what it asks of others, runs against its policy, throws and logs held against it", async () => {
    const browser = await launchBrowser();
    const { page, complaints } = await openConsole(
      { browser, origin: given.app.url, signIn: () => Promise.resolve([]) },
      { as: "nobody" },
    );
    expect(complaints).toEqual([]);
    await page.evaluate(() => {
      document.body.insertAdjacentHTML("beforeend", '<img src="https://pictures.example/one.png">');
      document.body.insertAdjacentHTML("beforeend", '<i onclick="1">text</i>');
      setTimeout(() => {
        throw new Error("on purpose");
      });
      // eslint-disable-next-line no-console -- this is what is under test
      console.error("a complaint of its own");
    });
    const said = (pattern: RegExp): boolean => complaints.some((text) => pattern.test(text));
    for (const pattern of [
      /another host: https:\/\/pictures\.example/,
      /policy: img-src/,
      /policy: script-src-attr/,
      /threw: on purpose/,
      /logged: a complaint/,
    ])
      await waitUntil(() => said(pattern));
    await browser.close();
  });

  test("has what axe finds held against it, and colours measured", async () => {
    const page = await given.open();
    await expectNoAxeViolations(page);
    await page.evaluate(() => {
      const text = document.createElement("p");
      text.id = "pale";
      text.style.color = "rgb(200 200 200)";
      text.style.background = "white";
      text.textContent = "hardly to be read";
      const button = document.createElement("button");
      document.querySelector("main")?.append(text, button);
    });
    const violations = await axeViolations(page);
    expect(violations.some((text) => text.startsWith("color-contrast") && text.includes("#pale"))).toBe(true);
    expect(violations.some((text) => text.startsWith("button-name"))).toBe(true);
    const [contrast] = await contrastsOf(page.locator("#pale"));
    expect(contrast).toBeCloseTo(1.67, 1);
  });
});
