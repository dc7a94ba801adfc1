import { expect, test } from "bun:test";
import { nameOfVoter, voterOf } from "./voter.ts";

test("writes whose voice it is as the server does, and reads the name out of it", () => {
  expect(voterOf({ user: "ada", kind: "person", key_id: "person:ada" })).toBe("user:ada");
  expect(voterOf({ user: null, kind: "service", key_id: "k1" })).toBe("service:k1");
  expect(["user:ada", "service:k1", "ada"].map(nameOfVoter)).toEqual(["ada", "k1", "ada"]);
});
