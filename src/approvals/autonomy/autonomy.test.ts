// How much agents may do by themselves.
import { expect, test } from "bun:test";
import { approvalsConfigSchema } from "../config.ts";
import { createAutonomy } from "./autonomy.ts";

const autonomyOf = (given: object) => createAutonomy(approvalsConfigSchema.parse({ autonomy: given }).autonomy);

test("an agent may do everything by itself where no rule that fits it before a general one holds something", () => {
  const { mayDoAll } = autonomyOf({
    rules: [
      { agent: "free", action: "read_*", level: "report" },
      { agent: "free", level: "act" },
      { agent: "nearly", action: "delete_*", level: "suggest" },
      { agent: "held", level: "approve" },
    ],
  });
  const of = (...names: string[]) => mayDoAll(names);
  expect([of("free"), of("nearly"), of("k1", "held"), of("other")]).toEqual([true, false, false, true]);
  expect(autonomyOf({ otherwise: "approve" }).mayDoAll(["anybody"])).toBe(false);
});

test("the first rule that fits the agent and the tool holds", () => {
  const rules = [
    { agent: "crawler", action: "read_*", level: "act" },
    { agent: "crawler", action: "delete_*", level: "suggest" },
    { action: "*", level: "approve" },
  ];
  const { levelOf, isUnbounded } = autonomyOf({ rules });
  expect(isUnbounded).toBe(false);
  expect(levelOf(["k1", "crawler"], "read_page")).toBe("act");
  expect(levelOf(["k1", "crawler"], "delete_page")).toBe("suggest");
  expect(levelOf(["k1", "crawler"], "send_mail")).toBe("approve");
  expect(levelOf(["k1", "other"], "read_page")).toBe("approve");
});

test("where no rule fits, what is said otherwise holds", () => {
  expect(autonomyOf({}).isUnbounded).toBe(true);
  expect(autonomyOf({ otherwise: "suggest" }).levelOf(["x"], "y")).toBe("suggest");
  expect(autonomyOf({ rules: [{ agent: "a", level: "report" }] }).levelOf(["b"], "y")).toBe("act");
});
