import { expect, test } from "bun:test";
import { placeOnAxis } from "./place-on-axis.ts";

const at = (started_after_ms: number, duration_ms: number) => ({ started_after_ms, duration_ms });

test("places a record on the whole trace, and on a part of it only what is within", () => {
  expect(placeOnAxis(at(25, 50), { fromMs: 0, toMs: 100 })).toEqual({ left: 25, width: 50 });
  expect(placeOnAxis(at(0, 100), { fromMs: 20, toMs: 40 })).toEqual({ left: 0, width: 100 });
  expect(placeOnAxis(at(30, 100), { fromMs: 20, toMs: 40 })).toEqual({ left: 50, width: 50 });
  expect(placeOnAxis(at(0, 10), { fromMs: 20, toMs: 40 })).toBeNull();
});

test("draws something where nothing took any time", () => {
  expect(placeOnAxis(at(0, 0), { fromMs: 0, toMs: 0 })).toEqual({ left: 0, width: 100 });
  expect(placeOnAxis(at(5, 0), { fromMs: 0, toMs: 10 })).toEqual({ left: 50, width: 0 });
});
