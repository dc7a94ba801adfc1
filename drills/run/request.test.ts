import { describe, expect, test } from "bun:test";
import { z } from "zod";
import { defineDrill, type Drill } from "../drill.ts";
import { readRequest, SEED_MAX, usage } from "./request.ts";

const drill: Drill = defineDrill({
  name: "leak",
  takes: "1 s",
  summary: "lets water in",
  options: z.object({
    holes: z.coerce.number().int().min(1).default(3).describe("how many"),
    side: z.enum(["port", "starboard"]).default("port").describe("where"),
  }),
  run: async () => ({ checks: [], figures: {} }),
});
const read = (...args: string[]) => readRequest(args, [drill]);

describe("the command line of a drill", () => {
  test("gives options their defaults, and draws a seed", () => {
    const request = read("leak");
    expect(request).toMatchObject({ options: { holes: 3, side: "port" }, asJson: false, keeps: false });
    expect("seed" in request && request.seed).toBeWithin(0, SEED_MAX + 1);
  });

  test("reads what is given", () => {
    expect(read("leak", "--holes", "5", "--side=starboard", "--seed", "0", "--json", "--keep")).toMatchObject({
      options: { holes: 5, side: "starboard" },
      seed: 0,
      asJson: true,
      keeps: true,
    });
  });

  test.each([
    [["flood"], 'no drill "flood"'],
    [["leak", "--holes", "many"], "--holes"],
    [["leak", "--holes", "0"], "--holes"],
    [["leak", "--side", "top"], "--side"],
    [["leak", "--pump", "1"], "--pump"],
    [["leak", "twice"], "twice"],
    [["leak", "--seed", "1.5"], "--seed"],
    [["leak", "--seed", ""], "--seed"],
  ])("says what is wrong with %p", (args, word) => {
    const request = read(...args);
    expect("problem" in request && request.problem).toContain(word);
  });

  test("asks for the list when there is no name", () => {
    expect(read()).toEqual({ help: true });
    expect(read("leak", "--help")).toEqual({ help: true });
    expect(usage([drill])).toContain("leak");
    expect(usage([drill])).toContain("--holes 3: how many");
  });
});
