import { expect, test } from "bun:test";
import { compareWithUsual } from "./compare-with-usual.ts";

const say = (value: number, now: number): string => compareWithUsual({ value, now, formatted: String(value) });

test("says in words how a figure stands against the usual one", () => {
  expect(say(100, 112)).toBe("▲ 12 % over the usual 100");
  expect(say(100, 92)).toBe("▼ 8 % under the usual 100");
  expect(say(100, 100.2)).toBe("as usual, 100");
  expect([say(10, 42), say(10, 420)]).toEqual(["▲ 4.2 times the usual 10", "▲ 42 times the usual 10"]);
});

test("takes no share of a usual nothing", () => {
  expect([say(0, 0), say(0, 5)]).toEqual(["as usual, 0", "▲ usually 0"]);
});
