import { describe, expect, test } from "bun:test";
import { type Asked, createQuestions } from "./questions.ts";

const bounds = { entries_max: 4, group_entries_max: 3 };

/** At this angle, in degrees. */
function asked(key: string, angle: number, more: Partial<Asked> = {}): Asked {
  const radians = (angle / 180) * Math.PI;
  const vector = Float32Array.of(Math.cos(radians), Math.sin(radians));
  return {
    key,
    group: "g",
    scope: '{"team":"t"}',
    model: "m",
    text: key,
    vector,
    callId: `call of ${key}`,
    expiresAtMs: 1000,
    ...more,
  };
}

const straight = Float32Array.of(1, 0);
const at = { least: 0.5, nowMs: 0 };

describe("questions", () => {
  test("are found by how near they are, in their group only", () => {
    const questions = createQuestions(bounds);
    for (const each of [asked("far", 80), asked("near", 10), asked("nearer", 5), asked("other", 0, { group: "h" })])
      questions.add(each);
    expect(questions.near("g", straight, at).map((each) => each.asked.key)).toEqual(["nearer", "near"]);
    expect([questions.has("h"), questions.has("i")]).toEqual([true, false]);
  });

  test("stand there once for a key, and are gone when over their time", () => {
    const questions = createQuestions(bounds);
    questions.add(asked("a", 80));
    questions.add(asked("a", 0));
    expect(questions.size).toBe(1);
    expect(questions.near("g", straight, at)).toHaveLength(1);
    expect(questions.near("g", straight, { ...at, nowMs: 1000 })).toEqual([]);
    expect([questions.size, questions.has("g")]).toEqual([0, false]);
  });

  test("are bounded in a group and in all", () => {
    const questions = createQuestions(bounds);
    for (const key of ["1", "2", "3", "4"]) questions.add(asked(key, 0));
    expect(questions.near("g", straight, at).map((each) => each.asked.key)).toEqual(["2", "3", "4"]);
    for (const key of ["5", "6", "7"]) questions.add(asked(key, 0, { group: key }));
    expect(questions.size).toBe(4);
    expect(questions.purge({ model: "other", scope: {} })).toEqual([]);
    expect(questions.purge({ model: "m", scope: { team: "u" } })).toEqual([]);
    questions.remove(asked("7", 0));
    expect(questions.ofCall("call of 7")).toEqual([]);
    expect(questions.ofCall("call of 6").map(({ key }) => key)).toEqual(["6"]);
    expect(questions.purge({ scope: { team: "t" } })).toHaveLength(3);
    expect(questions.size).toBe(0);
  });
});
