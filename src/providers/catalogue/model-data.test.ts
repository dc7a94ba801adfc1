// The generated data belongs to the packages that are installed, and prices change on whole minutes, as rules assume.
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { calcPrice } from "@pydantic/genai-prices";
import { vendorKind, vendorKindNames } from "../vendors/index.ts";
import { modelData } from "./model-data.ts";

const root = join(import.meta.dir, "../../..");

test("the versions on record are the installed ones; else run npm run generate", () => {
  const { models, capabilities, price_library: library } = modelData.provenance;
  for (const { package: name, version } of [models, capabilities, library]) {
    const text = readFileSync(join(root, "node_modules", name, "package.json"), "utf8");
    expect((JSON.parse(text) as { version: string }).version).toBe(version);
  }
});

test("every kind that models.dev lists has models", () => {
  for (const kind of vendorKindNames.filter((name) => vendorKind(name).models !== null)) {
    const models = Object.values(modelData.vendors[kind] ?? {}).filter((model) => model !== null);
    expect(models.length).toBeGreaterThan(1);
  }
});

test("capabilities are known words, and where none is known there is no word", () => {
  const known = Object.values(modelData.vendors)
    .flatMap((models) => Object.values(models))
    .flatMap((model) => (model?.can === undefined ? [] : [model.can]));
  expect(known.length).toBeGreaterThan(50);
  const words = new Set(known.flatMap((can) => can.split(" ")));
  expect([...words].toSorted()).toEqual(["audio", "pdf", "reasoning", "tools", "video", "vision"]);
});

test("prices that depend on the hour change on whole minutes", () => {
  type Timed = { constraint?: { start_time?: string; end_time?: string } };
  const times = vendorKindNames.flatMap((kind) => {
    const providerId = vendorKind(kind).prices;
    if (providerId === null) return [];
    return Object.keys(modelData.vendors[kind] ?? {}).flatMap((model) => {
      const prices = calcPrice({ input_tokens: 0, output_tokens: 0 }, model, { providerId })?.model.prices;
      const timed = Array.isArray(prices) ? (prices as Timed[]) : [];
      return timed
        .flatMap(({ constraint }) => [constraint?.start_time, constraint?.end_time])
        .filter((time) => time !== undefined);
    });
  });
  expect(times.length).toBeGreaterThan(0);
  for (const time of times) expect(time).toMatch(/^\d{2}:\d{2}:00Z$/);
});
