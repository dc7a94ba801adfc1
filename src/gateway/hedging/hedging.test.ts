// What is late, and how many calls may be hedged, with a clock of our own.
import { beforeEach, describe, expect, test } from "bun:test";
import { hedgingSchema } from "./config.ts";
import { createHedging, type Hedging } from "./hedging.ts";

let clockMs = 0;
let hedging: Hedging;
function renew(config: object): void {
  hedging = createHedging(
    { config: hedgingSchema.parse(config), window: 30_000, targets_max: 10 },
    { monotonicMs: () => clockMs },
  );
}
beforeEach(() => renew({ routes: ["fast"] }));

const hear = (ms: number): void =>
  hedging.noteFirstToken({ target: "a/one", first_byte_ms: ms, duration_ms: ms + 1000 });
const begin = (count: number): void => {
  for (let call = 0; call < count; call += 1) hedging.begin("fast", "a/one");
};
function takeAll(): number {
  let taken = 0;
  while (hedging.take("a/one")) taken += 1;
  return taken;
}

describe("a first token is late", () => {
  test("after what 95 in 100 of the last ones took, once there were enough", () => {
    for (let ms = 1; ms <= 19; ms += 1) hear(ms);
    expect(hedging.begin("fast", "a/one")).toBeUndefined();
    for (let ms = 20; ms <= 100; ms += 1) hear(ms);
    expect(hedging.begin("fast", "a/one")).toBe(95);
    for (let each = 0; each < 128; each += 1) hear(7);
    expect(hedging.begin("fast", "a/one")).toBe(7);
  });

  test("only on the routes that the config names", () => {
    for (let each = 0; each < 20; each += 1) hear(5);
    expect(hedging.begin("other", "a/one")).toBeUndefined();
    renew({});
    for (let each = 0; each < 20; each += 1) hear(5);
    expect(hedging.begin("fast", "a/one")).toBeUndefined();
    renew({ routes: ["*"] });
    for (let each = 0; each < 20; each += 1) hear(5);
    expect(hedging.begin("other", "a/one")).toBe(5);
  });

  test("counting the time that one had not come in, when it was let go", () => {
    for (let each = 0; each < 20; each += 1)
      hedging.noteFirstToken({ target: "a/one", first_byte_ms: null, duration_ms: 300 });
    expect(hedging.begin("fast", "a/one")).toBe(300);
  });
});

describe("hedged calls", () => {
  test("are at most their share of all", () => {
    begin(19);
    expect(takeAll()).toBe(0);
    begin(81);
    expect(takeAll()).toBe(5);
    begin(100);
    expect(takeAll()).toBe(5);
  });

  test("are not saved up for long", () => {
    begin(1000);
    clockMs += 90_000;
    expect(takeAll()).toBe(2);
  });
});
