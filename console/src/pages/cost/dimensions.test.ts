// What the address says of dimensions is read with care, and drilling down goes on to what is not narrowed yet.
import { expect, test } from "bun:test";
import { nextDimension, readBy } from "./dimensions.ts";

test("an address names at most two dimensions, and what is none is left out", () => {
  expect(readBy(undefined)).toEqual(["model"]);
  expect(readBy("team,nonsense,user,key")).toEqual(["team", "user"]);
  expect(readBy("team,team")).toEqual(["team"]);
});

test("after a value was chosen the next dimension that is not narrowed is looked at", () => {
  expect(nextDimension(new Set(["team"]), "team")).toBe("project");
  expect(nextDimension(new Set(["team", "project", "model"]), "model")).toBe("vendor");
  expect(nextDimension(new Set(["pattern"]), "pattern")).toBe("team");
});
