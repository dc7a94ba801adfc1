// Whose turn it is.
import { expect, test } from "bun:test";
import { createFairLine } from "./fair-line.ts";

test("parties take turns, however many of one wait, each in the order in which they came", () => {
  const line = createFairLine<string>();
  for (let number = 1; number <= 5; number += 1) line.add("loud", `loud ${number}`);
  line.add("quiet", "quiet 1");
  line.add("late", "late 1");
  line.add("quiet", "quiet 2");
  expect(line.head()).toBe("loud 1");
  expect(["loud", "quiet", "late", "new"].map(line.ahead)).toEqual([8, 6, 5, 3]);
  const order = Array.from({ length: 8 }, () => line.take());
  expect(order).toEqual(["loud 1", "quiet 1", "late 1", "loud 2", "quiet 2", "loud 3", "loud 4", "loud 5"]);
  expect(line.take()).toBeUndefined();
  expect(line.size).toBe(0);
});

test("those who have gone are taken out of it", () => {
  const line = createFairLine<string>();
  for (const each of ["a 1", "a 2", "b 1"]) line.add(each[0] ?? "", each);
  line.keep((each) => each === "a 2");
  expect(line.size).toBe(1);
  expect(line.take()).toBe("a 2");
});
