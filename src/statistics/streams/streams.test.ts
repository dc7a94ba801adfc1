import { describe, expect, test } from "bun:test";
import { expectNear } from "../near.fixture.ts";
import { type ChangeDetector, createPageHinkley } from "./page-hinkley.ts";
import { createAdwin } from "./adwin.ts";
import { createCusum } from "./cusum.ts";
import { createEwma } from "./ewma.ts";
import { createPythonRandom } from "./python-random.fixture.ts";

function changesOf(detector: ChangeDetector, values: readonly number[]): number[] {
  return [...values.keys()].filter((place) => detector.update(values[place] ?? 0));
}

function riversStream(): number[] {
  const random = createPythonRandom(12_345);
  return [...random.choices([0, 1], 1000), ...random.choices([4, 5, 6, 7], 1000)];
}

const STEP = Array.from({ length: 2000 }, (_, place) => (place < 1000 ? place % 2 : 5));

test("Python's dice fall as CPython's do", () => {
  const random = createPythonRandom(7);
  expect([random.random(), random.random(), random.random()]).toEqual([
    0.32383276483316237, 0.15084917392450192, 0.6509344730398537,
  ]);
});

describe("Page and Hinkley's test", () => {
  test("finds the change of River's example where River finds it", () => {
    const values = riversStream();
    expect(changesOf(createPageHinkley(), values)).toEqual([1006]);
    expect(values[1006]).toBe(5);
  });
  test("finds a step where River finds it", () => {
    expect(changesOf(createPageHinkley(), STEP)).toEqual([1011]);
  });
  test("finds a slow rise again and again, and a fall unless it looks upwards only", () => {
    const rising = Array.from({ length: 500 }, (_, place) => 0.5 + 0.001 * place);
    const falling = Array.from({ length: 500 }, (_, place) => 0.5 - 0.001 * place);
    expect(changesOf(createPageHinkley({ threshold: 5 }), rising)).toEqual([152, 305, 458]);
    expect(changesOf(createPageHinkley({ threshold: 5 }), falling)).toEqual([152, 305, 458]);
    expect(changesOf(createPageHinkley({ threshold: 5, mode: "up" }), falling)).toEqual([]);
    expect(changesOf(createPageHinkley({ threshold: 5, mode: "down" }), falling)).toEqual([152, 305, 458]);
  });
});

describe("ADWIN", () => {
  test("finds the change of River's example where River finds it", () => {
    const values = riversStream();
    expect(changesOf(createAdwin(), values)).toEqual([1023]);
    expect(values[1023]).toBe(4);
  });
  test("holds the window that River holds after a step", () => {
    const adwin = createAdwin();
    expect(changesOf(adwin, STEP)).toEqual([1023]);
    expect(adwin.width()).toBe(976);
    expect(adwin.mean()).toBe(5);
  });
  test("finds small shifts in noise where River finds them", () => {
    const random = createPythonRandom(7);
    const shiftAt = (place: number): number => (place < 1500 ? 0 : place < 3300 ? 0.15 : -0.1);
    const values = Array.from({ length: 5000 }, (_, place) => random.random() + shiftAt(place));
    const adwin = createAdwin();
    expect(changesOf(adwin, values)).toEqual([1663, 3359]);
    expect(adwin.width()).toBe(1640);
    expectNear(adwin.mean(), 0.4058985974268842, 1e-12);
  });
  test("finds what River finds in waves, whatever its parameters", () => {
    const riverFound = [
      { seed: 1, delta: 0.002, clock: 32, changes: [2815, 5343, 7871, 10_335, 12_863, 15_455, 17_663], width: 2336 },
      { seed: 2, delta: 0.05, clock: 32, changes: [2751, 5151, 7839, 10_239, 12_671, 15_231, 17_695], width: 2304 },
      { seed: 3, delta: 0.3, clock: 1, changes: [644, 2564, 5080, 7616, 10_087, 12_566, 15_107, 17_576], width: 2423 },
      { seed: 4, delta: 0.01, clock: 8, changes: [2871, 5255, 7791, 10_231, 12_767, 15_559, 17_751], width: 2248 },
    ];
    for (const { seed, changes, width, ...settings } of riverFound) {
      const random = createPythonRandom(seed);
      const adwin = createAdwin(settings);
      const waves = Array.from({ length: 20_000 }, (_, place) =>
        Math.floor(place / 2500) % 2 === 1 ? random.random() + 0.1 : random.random(),
      );
      expect(changesOf(adwin, waves)).toEqual(changes);
      expect(adwin.width()).toBe(width);
    }
  });
  test("has no mean before the first value", () => {
    expect(createAdwin().mean()).toBe(0);
  });
});

describe("the CUSUM", () => {
  test("comes to what NIST's handbook has, and alarms at the fourteenth value", () => {
    const values = [
      324.925, 324.675, 324.725, 324.35, 325.35, 325.225, 324.125, 324.525, 325.225, 324.6, 324.625, 325.15, 328.325,
      327.25,
    ];
    const cusum = createCusum({ target: 325, slack: 0.3175, limit: 4.1959 });
    const states = values.map((value) => cusum.update(value));
    expect(states.map(({ high }) => high.toFixed(2)).slice(-3)).toEqual(["0.00", "3.01", "4.94"]);
    expect(states.map(({ isAlarm }) => isAlarm).indexOf(true)).toBe(13);
  });
  test("starts anew after an alarm, and looks downwards too", () => {
    const cusum = createCusum({ target: 0, slack: 0.5, limit: 2 });
    expect(cusum.update(-3)).toEqual({ high: 0, low: 2.5, isAlarm: true });
    expect(cusum.update(-1)).toEqual({ high: 0, low: 0.5, isAlarm: false });
  });
});

test("the weighted mean comes to what NIST's handbook has, and so do its limits", () => {
  const values = [
    52, 47, 53, 49.3, 50.1, 47, 51, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1,
  ];
  const ewma = createEwma({ mean: 50, deviation: 2.0539, lambda: 0.3 });
  const weighted = values.map((value) => ewma.update(value));
  const expected = [
    50.6, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36, 49.52, 50.05, 49.38, 49.92,
    50.73, 51.23, 51.94, 51.99,
  ];
  for (const [place, each] of expected.entries()) expectNear(weighted[place]?.value ?? 0, each, 0.0051);
  expectNear(ewma.upper, 52.5884, 5e-5);
  expectNear(ewma.lower, 47.4116, 5e-5);
  expect(weighted.some(({ isAlarm }) => isAlarm)).toBe(false);
  expect(ewma.update(80).isAlarm).toBe(true);
});
