import { describe, expect, test } from "bun:test";
import { ruleSchema } from "../rules/config.ts";
import type { Sample, SampleState } from "../rules/reading.ts";
import type { Alert } from "./alert.ts";
import { type Group, groupAlerts, type GroupInput } from "./group-alerts.ts";
import { silencedBy } from "./silences.ts";
import { stepAlert } from "./step-alert.ts";
import { stepRule } from "./step-rule.ts";

const sample = (state: SampleState, value = 1): Sample => ({
  labels: { route: "fast" },
  state,
  value,
  threshold: 0.05,
  unit: "share",
  facts: {},
});

/** What becomes of a series, looked at once a second: a letter a look. */
function follow(rule: object, states: string): string {
  const parsed = ruleSchema.parse({ kind: "error_spike", ...rule });
  const meant: Record<string, SampleState> = { o: "over", b: "between", c: "clear", u: "unknown" };
  let open: Alert | undefined;
  return [...states]
    .map((letter, second) => {
      const given = { sample: sample(meant[letter] ?? "clear"), rule: parsed, ruleName: "r", nowMs: second * 1000 };
      const after = stepAlert({ ...given, open, newId: () => `a${second}`, keepUnknownMs: 3000 });
      open = after?.state === "resolved" ? undefined : after;
      return after ? { pending: "P", firing: "F", resolved: "R" }[after.state] : ".";
    })
    .join("");
}

describe("an alert", () => {
  test.each([
    ["fires at once and is resolved at once", {}, "coocco", ".FFR.F"],
    ["is pending for as long as the rule says", { for: "2s" }, "ooocoo", "PPFRPP"],
    ["goes on firing until it was well for long enough", { keep_firing: "2s" }, "occoccc", "FFFFFFR"],
    ["neither begins nor ends between the two bounds", {}, "bobbcb", ".FFFR."],
    ["is not well again before the lower bound holds for long enough", { keep_firing: "2s" }, "ocbccc", "FFFFFR"],
    ["stays as it is while nothing is known, for so long", {}, "ouuouuuu", "FFFFFFFR"],
    ["does not begin while nothing is known", {}, "uuo", "..F"],
    ["is well where nothing is known, if the rule says so", { no_data: "ok" }, "ou", "FR"],
    ["fires where nothing is known, if the rule says so", { no_data: "alert", for: "1s" }, "uuc", "PFR"],
  ])("%s", (_, rule, states, expected) => {
    expect(follow(rule, states)).toBe(expected);
  });
});

describe("a rule's alerts", () => {
  const rule = ruleSchema.parse({ kind: "error_spike" });
  const step = { ruleName: "r", rule, nowMs: 5000, newId: () => "new", keepUnknownMs: 3000, alertsMax: 2 };
  const open = stepRule({
    ...step,
    open: [],
    reading: { samples: [sample("over")], absent: "clear" },
  }).open;

  test("whose series is not there any more are well, or not known, as the rule's kind has it", () => {
    const gone = { samples: [], absent: "clear" as const };
    expect(stepRule({ ...step, open, reading: gone }).changes).toMatchObject([{ from: "firing", to: "resolved" }]);
    expect(stepRule({ ...step, open, reading: { samples: [], absent: "unknown" } }).open).toHaveLength(1);
  });

  test("stay as they are where the rule could not be read, and end where it is no more", () => {
    expect(stepRule({ ...step, open, reading: undefined })).toEqual({ open, changes: [] });
    const gone = stepRule({ ...step, rule: undefined, open, reading: undefined });
    expect(gone).toMatchObject({ open: [], changes: [{ alert: { reason: "gone" }, to: "resolved" }] });
    const off = { ...rule, enabled: false };
    expect(stepRule({ ...step, rule: off, open, reading: undefined }).open).toEqual([]);
  });

  test("are bounded: those that are open stay, and new ones get what room is left", () => {
    const samples = ["a", "b", "c", "fast"].map((route) => ({ ...sample("over"), labels: { route } }));
    const { open: now } = stepRule({ ...step, open, reading: { samples, absent: "clear" } });
    expect(now.map(({ labels }) => labels["route"])).toEqual(["a", "fast"]);
  });
});

function firing(id: string, labels: Record<string, string> = {}): Alert {
  const times = { sinceMs: 0, firedAtMs: 0, resolvedAtMs: null, wellSinceMs: null, seenAtMs: 0 };
  const figures = { value: 1, threshold: 0, unit: "share", facts: {} } as const;
  return {
    id,
    rule: "r",
    kind: "error_spike",
    labels,
    severity: "warning",
    state: "firing",
    reason: null,
    ...figures,
    ...times,
  };
}

describe("a silence", () => {
  const silence = (matchers: { name: string; values: string[] }[]) => ({
    id: "s",
    matchers,
    startsAtMs: 10,
    untilMs: 20,
    comment: "",
    createdAtMs: 0,
    keyId: "",
    keyName: "",
  });
  test.each([
    ["its label", [{ name: "route", values: ["slow", "fast"] }], true],
    ["the beginning of its label", [{ name: "route", values: ["fa*"] }], true],
    ["anything", [{ name: "route", values: ["*"] }], true],
    [
      "its rule and severity",
      [
        { name: "rule", values: ["r"] },
        { name: "severity", values: ["warning"] },
      ],
      true,
    ],
    ["another label", [{ name: "model", values: ["*"] }], false],
    ["a word of objects", [{ name: "constructor", values: ["*"] }], false],
    [
      "one of two",
      [
        { name: "rule", values: ["r"] },
        { name: "severity", values: ["info"] },
      ],
      false,
    ],
  ])("that names %s", (_, matchers, isSilenced) => {
    const alert = firing("a", { route: "fast" });
    const at = (nowMs: number) => silencedBy(alert, [silence(matchers)], nowMs).length === 1;
    expect([9, 10, 19, 20].map(at)).toEqual([false, isSilenced, isSilenced, false]);
  });
});

describe("a group", () => {
  const times = { group_by: ["rule"], group_wait: 10, group_interval: 100, repeat: 1000 };
  let groups: Group[] = [];
  const look = (nowMs: number, alerts: Alert[], more: Partial<GroupInput> = {}): string[] => {
    const input: GroupInput = {
      groups,
      firing: alerts,
      resolved: [],
      isSilenced: () => false,
      channelsOf: () => ["ops"],
      isAlone: () => false,
      times,
      nowMs,
      ...more,
    };
    const grouped = groupAlerts(input);
    groups = grouped.groups;
    return grouped.notices.map(
      ({ firing: on, resolved: off, isRepeated }) =>
        `+${on.map(({ id }) => id).join("")} -${off.map(({ id }) => id).join("")}${isRepeated ? " again" : ""}`,
    );
  };
  const [a, b] = [firing("a"), firing("b")];

  test("waits for company, then for its interval, then repeats, then tells the end", () => {
    groups = [];
    expect(look(0, [a])).toEqual([]);
    expect(look(9, [a])).toEqual([]);
    expect(look(10, [a])).toEqual(["+a -"]);
    expect(look(20, [a, b])).toEqual([]);
    expect(look(110, [a, b])).toEqual(["+ab -"]);
    expect(look(1109, [a, b])).toEqual([]);
    expect(look(1110, [a, b])).toEqual(["+ab - again"]);
    expect(look(1300, [b], { resolved: [a] })).toEqual(["+b -a"]);
    expect(look(1500, [], { resolved: [b] })).toEqual(["+ -b"]);
    expect(groups).toEqual([]);
  });

  test("of which nothing was told says nothing of its end", () => {
    groups = [];
    look(0, [a]);
    expect(look(50, [], { resolved: [a] })).toEqual([]);
    expect(groups).toEqual([]);
  });

  test("is each alert alone for channels that want it so, and each channel has its own", () => {
    groups = [];
    const channels = { channelsOf: () => ["ops", "pager"], isAlone: (channel: string) => channel === "pager" };
    look(0, [a, b], channels);
    expect(look(10, [a, b], channels)).toEqual(["+ab -", "+a -", "+b -"]);
  });

  test("is not repeated where repeating is off", () => {
    groups = [];
    const once = { times: { ...times, repeat: null } };
    look(0, [a], once);
    expect(look(10, [a], once)).toEqual(["+a -"]);
    expect(look(1e9, [a], once)).toEqual([]);
  });
});
