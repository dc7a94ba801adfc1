import { expect, test } from "bun:test";
import { placesFor } from "./places-for.ts";

test("batches have all their places while nobody else calls, fewer as others come, and none when it is busy", () => {
  const places = (others: number, running = 0) =>
    placesFor({ in_flight: others + running, max: 100 }, { running, concurrency: 4, busyShare: 0.5 });
  expect([0, 12, 25, 49, 50, 100].map((others) => places(others))).toEqual([4, 4, 2, 1, 0, 0]);
  // Its own lines do not count against it.
  expect(places(0, 4)).toBe(4);
  expect(places(50, 4)).toBe(0);
});
