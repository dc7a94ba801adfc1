import { expect, test } from "bun:test";
import { describeCount } from "./table-count.tsx";

test("says how much of a list is shown, and no more than is known", () => {
  expect(describeCount({ shown: 0 })).toBe("None");
  expect(describeCount({ shown: 7 })).toBe("All 7");
  expect(describeCount({ shown: 100, more: true })).toBe("1–100 of more");
  expect(describeCount({ shown: 100, total: 1204, more: true })).toBe("1–100 of 1,204");
});
