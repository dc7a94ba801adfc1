// A rule's text is read and written, and its mistakes have lines.
import { expect, test } from "bun:test";
import { diagnosticsOf, readText, sayDuration, textOf } from "./spec-text.ts";

test("durations are written as the configuration has them", () => {
  expect([0, 1500, 90_000, 900_000, 7_200_000, 2 * 86_400_000].map(sayDuration)).toEqual([
    "0s",
    "1500ms",
    "90s",
    "15m",
    "2h",
    "2d",
  ]);
  expect(JSON.parse(textOf({ kind: "drift", for: 600_000 }))).toEqual({ kind: "drift", for: "10m" });
});

test("what cannot be read says so, and what is no object too", () => {
  expect(readText('{ "kind": "drift" }').spec).toEqual({ kind: "drift" });
  expect(readText('{ "kind": ').problem?.message).toContain("no JSON");
  expect(readText("[]").problem?.line).toBe(1);
});

test("what the server finds wrong stands at the line that it means", () => {
  const text = textOf({ kind: "error_spike", rate: 3, per: ["route"] });
  const message = 'The rule "x" does not hold:\n  - rate: Too big\n  - per.0: no dimension\n  - (top): too long';
  expect(diagnosticsOf(message, text)).toEqual([
    { message: "rate: Too big", line: 3 },
    { message: "per.0: no dimension", line: 4 },
    { message: "too long", line: undefined },
  ]);
});
