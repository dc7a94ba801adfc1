import { expect, test } from "bun:test";
import { type Grain, grainMs } from "../cubes.ts";
import { type Behind, floorTo, planPieces, widen } from "./plan-pieces.ts";

const DAY = grainMs.day;
const HOUR = grainMs.hour;
const MINUTE = grainMs.minute;
const START = Date.UTC(2026, 10, 1);
const always = { minute: 0, hour: 0 };

function behindAt(at: Partial<Record<Grain, number[]>> = {}): Behind {
  return { minute: new Set(at.minute), hour: new Set(at.hour), day: new Set(at.day) };
}

test("takes whole days as days, and the ends as hours and minutes", () => {
  const stretch = { fromMs: START + 23 * HOUR + 58 * MINUTE, untilMs: START + 3 * DAY + 2 * HOUR + MINUTE };
  expect(planPieces(stretch, { behind: behindAt(), keptSince: always, coarsest: "day" })).toEqual({
    minute: [
      { fromMs: stretch.fromMs, untilMs: START + DAY },
      { fromMs: START + 3 * DAY + 2 * HOUR, untilMs: stretch.untilMs },
    ],
    hour: [{ fromMs: START + 3 * DAY, untilMs: START + 3 * DAY + 2 * HOUR }],
    day: [{ fromMs: START + DAY, untilMs: START + 3 * DAY }],
    records: [],
  });
});

test("a minute that is behind comes from the records, its hour from minutes, its day from hours", () => {
  const minute = START + 5 * HOUR + 7 * MINUTE;
  const stretch = { fromMs: START, untilMs: START + 2 * DAY };
  const pieces = planPieces(stretch, { behind: behindAt({ minute: [minute] }), keptSince: always, coarsest: "day" });
  expect(pieces.records).toEqual([{ fromMs: minute, untilMs: minute + MINUTE }]);
  expect(pieces.minute).toEqual([
    { fromMs: START + 5 * HOUR, untilMs: minute },
    { fromMs: minute + MINUTE, untilMs: START + 6 * HOUR },
  ]);
  expect(pieces.hour).toEqual([
    { fromMs: START, untilMs: START + 5 * HOUR },
    { fromMs: START + 6 * HOUR, untilMs: START + DAY },
  ]);
  expect(pieces.day).toEqual([{ fromMs: START + DAY, untilMs: START + 2 * DAY }]);
});

test("an hour that is behind comes from its records once its minutes are gone", () => {
  const hour = START + 5 * HOUR;
  const keptSince = { minute: START + DAY, hour: 0 };
  const pieces = planPieces(
    { fromMs: START, untilMs: START + DAY },
    { behind: behindAt({ hour: [hour] }), keptSince, coarsest: "day" },
  );
  expect(pieces.records).toEqual([{ fromMs: hour, untilMs: hour + HOUR }]);
  expect(pieces.minute).toEqual([]);
});

test("a stretch is widened to what is kept of its time", () => {
  const keptSince = { minute: START + 3 * DAY, hour: START + DAY };
  const widened = widen({ fromMs: START + HOUR + 1, untilMs: START + 2 * DAY + 1 }, keptSince);
  expect(widened).toEqual({ fromMs: START, untilMs: START + 2 * DAY + HOUR });
  const young = START + 4 * DAY;
  expect(widen({ fromMs: young + 1, untilMs: young + MINUTE }, keptSince)).toEqual({
    fromMs: young,
    untilMs: young + MINUTE,
  });
});

test("whatever is behind, the pieces cover the time once", () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 200; round += 1) {
    const keptSince = { hour: START + random(3) * DAY, minute: START + 3 * DAY + random(48) * HOUR };
    const moments = (grain: Grain) => Array.from({ length: random(6) }, () => floorTo(grain, START + random(6 * DAY)));
    const behind = behindAt({ minute: moments("minute"), hour: moments("hour"), day: moments("day") });
    const fromMs = START + random(5 * DAY);
    const stretch = widen({ fromMs, untilMs: fromMs + random(2 * DAY) }, keptSince);
    const pieces = planPieces(stretch, { behind, keptSince, coarsest: "day" });
    const all = Object.values(pieces)
      .flat()
      .sort((a, b) => a.fromMs - b.fromMs);
    let atMs = stretch.fromMs;
    for (const piece of all) {
      expect(piece.fromMs).toBe(atMs);
      atMs = piece.untilMs;
    }
    expect(atMs).toBe(stretch.untilMs);
    expect(pieces.minute.every((piece) => piece.fromMs >= keptSince.minute)).toBe(true);
  }
});
