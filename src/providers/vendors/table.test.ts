// The promise of the table: a vendor that speaks the dialect is a few lines of data, and its row is right in itself.
import { expect, test } from "bun:test";
import { findProvider } from "@pydantic/genai-prices";
import { vendorKind, vendorKindNames } from "./table.ts";

const LINES_MAX = 20;

test(`no vendor takes more than ${LINES_MAX} lines`, async () => {
  const source = await Bun.file(new URL("table.ts", import.meta.url)).text();
  const table = source.slice(source.indexOf("vendorKinds = {"), source.indexOf("} as const satisfies"));
  const lengths = new Map<string, number>();
  let name = "";
  for (const line of table.split("\n").slice(1)) {
    name = /^ {2}"?([a-z-]+)"?: \{/.exec(line)?.[1] ?? name;
    if (line.trim() !== "") lengths.set(name, (lengths.get(name) ?? 0) + 1);
  }
  expect([...lengths.keys()].filter((each) => each !== "")).toEqual(vendorKindNames);
  expect(Math.max(...lengths.values())).toBeLessThanOrEqual(LINES_MAX);
});

const rows = vendorKindNames.map((name) => ({ name, ...vendorKind(name) }));

test.each(rows.filter(({ base_url }) => base_url !== null))("$name has an address up to /chat/completions", (row) => {
  const local = /^http:\/\/127\.0\.0\.1:\d+\/v1$/;
  const remote = /^https:\/\/[a-z0-9.]+(\/[a-z0-9]+)*$/;
  expect(row.base_url).toMatch(row.is_local ? local : remote);
});

test.each(rows.filter(({ prices }) => prices !== null))("$name has prices in the price library", ({ prices }) => {
  expect(findProvider({ providerId: prices ?? "" })?.id).toBe(prices ?? "");
});
