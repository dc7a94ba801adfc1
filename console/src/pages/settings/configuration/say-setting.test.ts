// Settings can be read, and found by what they say.
import { describe, expect, test } from "bun:test";
import { matchesSetting, saySource, sayValue, type Setting } from "./say-setting.ts";

const setting: Setting = {
  path: "gateway.first_token_timeout",
  value: 600_000,
  unit: "ms",
  is_secret: false,
  source: { kind: "file", file: "binnacle.yaml", line: 12 },
  default: 600_000,
  description: "how long a target may be silent",
  waits_for_start: false,
};

describe("a setting", () => {
  test("is said with its unit", () => {
    expect(sayValue(600_000, "ms")).toBe("10 min");
    expect(sayValue(16_000_000, "bytes")).toBe("16.0 MB");
    expect(sayValue(["a"], null)).toBe('["a"]');
    expect(sayValue(null, null)).toBe("not set");
  });

  test("says where it was set", () => {
    expect(saySource(setting)).toBe("binnacle.yaml, line 12");
    expect(saySource({ ...setting, source: { kind: "environment", variable: "BINNACLE__HOME" } })).toBe(
      "$BINNACLE__HOME",
    );
  });

  test("is found by words of its path and its description, in any order", () => {
    expect(matchesSetting(setting, "silent gateway")).toBe(true);
    expect(matchesSetting(setting, "silent cache")).toBe(false);
    expect(matchesSetting(setting, "")).toBe(true);
  });
});
