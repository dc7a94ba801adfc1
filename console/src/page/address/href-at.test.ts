import { join } from "node:path";
import { expect, test } from "bun:test";
import { hrefAt } from "./href-at.ts";

test("a link carries the # behind which addresses stand", () => {
  const history = { createHref: (href: string) => `/#${href}` };
  expect(hrefAt({ history }, { publicHref: "/traces/1?span=2" })).toBe("/#/traces/1?span=2");
});

test("no page makes its links otherwise", async () => {
  const sources = join(import.meta.dir, "../..");
  const others: string[] = [];
  for await (const path of new Bun.Glob("**/*.{ts,tsx}").scan(sources)) {
    if (path.startsWith("page/address/href-at")) continue;
    if ((await Bun.file(join(sources, path)).text()).includes(".publicHref")) others.push(path);
  }
  expect(others).toEqual([]);
});
