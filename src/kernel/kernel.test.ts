// The ideas that every room leans on.
import { describe, expect, test } from "bun:test";
import { z } from "zod";
import {
  byteSize,
  createGate,
  defineErrors,
  duration,
  formatUsd,
  loadConfig,
  nearestNames,
  createReplaceable,
  newId,
  timeOfId,
  resolveSecret,
  secretRef,
  sleep,
  toAppError,
  usdMicros,
} from "./index.ts";

const schema = z.strictObject({
  gateway: z
    .strictObject({
      attempts_max: z.number().int().default(3),
      timeout: duration().default(1000),
      names: z.array(z.string()).default([]),
    })
    .prefault({}),
  body: byteSize().default(10),
  vendors: z.record(z.string(), z.strictObject({ api_key: secretRef() })).default({}),
});

const load = (yaml?: string, env: Record<string, string> = {}) =>
  loadConfig(schema, { yaml, path: "binnacle.yaml", env });

describe("config", () => {
  test("has its defaults without a file, and reads units", () => {
    expect(load().gateway.attempts_max).toBe(3);
    expect(load("gateway: { timeout: 1.5s }\nbody: 32MiB").gateway.timeout).toBe(1500);
    expect(load("body: 32MiB").body).toBe(33_554_432);
  });

  test("the environment wins over the file, by one rule", () => {
    const config = load("gateway: { attempts_max: 5 }", {
      BINNACLE__GATEWAY__ATTEMPTS_MAX: "7",
      BINNACLE__GATEWAY__NAMES: "[a, b]",
      OTHER: "x",
    });
    expect(config.gateway).toMatchObject({ attempts_max: 7, names: ["a", "b"] });
  });

  test.each([
    ["gateway: { attempt_max: 5 }", 'unknown key "gateway.attempt_max": did you mean "attempts_max"?'],
    ["gatewya: {}", 'unknown key "gatewya": did you mean "gateway"?'],
    ["zzzzzz: 1", "known keys: gateway, body, vendors"],
    ["vendors: { openai: { apikey: x } }", 'did you mean "api_key"?'],
    ["vendors: { openai: { api_key: sk-123 } }", "a secret is a reference"],
    ["gateway: { timeout: soon }", "gateway.timeout"],
    ["gateway: [", "binnacle.yaml"],
    ["- a list", "keys and values"],
  ])("refuses %j and says what to mend", (yaml, words) => {
    expect(() => load(yaml)).toThrow(words);
  });
});

describe("errors", () => {
  const errors = defineErrors("room", {
    broke: (p: { what: string }) => ({ status: 418, message: `${p.what} broke`, fix: "Mend it." }),
  });

  test("carry code, status, fix, parameters and cause", () => {
    const cause = new Error("why");
    expect(errors.broke({ what: "it" }, cause)).toMatchObject({
      code: "room.broke",
      status: 418,
      retry: "never",
      message: "it broke",
      fix: "Mend it.",
      params: { what: "it" },
      cause,
    });
  });

  test("whatever else is thrown shows nothing of itself to callers", () => {
    const wrapped = toAppError(new Error("secret detail"));
    expect(wrapped).toMatchObject({ code: "kernel.internal", status: 500 });
    expect(JSON.stringify({ ...wrapped, message: wrapped.message })).not.toContain("secret detail");
    expect(toAppError(wrapped)).toBe(wrapped);
  });
});

describe("secrets", () => {
  const sources = {
    env: { KEY: " value \n", EMPTY: "" },
    readFile: (path: string) => {
      if (path === "/there") return "from file\n";
      throw new Error("ENOENT");
    },
  };

  test("are read from the environment and from files", () => {
    expect(resolveSecret("env:KEY", sources)).toBe("value");
    expect(resolveSecret("file:/there", sources)).toBe("from file");
  });

  test.each([
    ["env:EMPTY", "variable is not set"],
    ["file:/gone", "ENOENT"],
  ])("%s that is missing says so", (ref, words) => {
    expect(() => resolveSecret(ref, sources)).toThrow(words);
  });
});

describe("small things", () => {
  test("ids sort by time", () => {
    const ids = Array.from({ length: 1000 }, () => newId());
    expect([...ids].sort()).toEqual(ids);
  });

  test("ids tell when they were made", () => {
    const before = Date.now();
    const made = timeOfId(newId());
    expect(made).toBeGreaterThanOrEqual(before);
    expect(made).toBeLessThanOrEqual(Date.now());
    expect(timeOfId("chatcmpl-1")).toBe(0);
  });

  test("money is whole micro-dollars", () => {
    expect(usdMicros(0.1 + 0.2)).toBe(300_000);
    expect(() => usdMicros(Number.NaN)).toThrow("not an amount");
    expect([formatUsd(1234), formatUsd(2_500_000)]).toEqual(["$0.001234", "$2.50"]);
  });

  test("a gate lets in as many as it says", () => {
    const gate = createGate(2);
    expect([gate.tryEnter(), gate.tryEnter(), gate.tryEnter()]).toEqual([true, true, false]);
    gate.leave();
    expect(gate.tryEnter()).toBe(true);
    gate.leave();
    gate.leave();
    expect(() => gate.leave()).toThrow("more often");
  });

  test("near names are found, far ones are not", () => {
    expect(nearestNames("gpt4o", ["gpt-4o", "claude", "gpt-4o-mini"])[0]).toBe("gpt-4o");
    expect(nearestNames("xyz", ["gpt-4o"])).toEqual([]);
  });

  test("a sleep ends early when its signal aborts", async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 5);
    await sleep(60_000, abort.signal);
    expect(abort.signal.aborted).toBe(true);
  });
});

test("what is replaced keeps its face", () => {
  const replaceable = createReplaceable<{ name(): string; other(): number }>({ name: () => "one", other: () => 1 });
  const { face } = replaceable;
  const { name } = face;
  replaceable.replace({ name: () => "two", other: () => 2 });
  expect([face.name(), face.other(), replaceable.current().name()]).toEqual(["two", 2, "two"]);
  // Taken out before, it stays what it was.
  expect(name()).toBe("one");
});
