import { describe, expect, test } from "bun:test";
import { simConfigSchema } from "./sim-config.ts";
import { parseSimModel } from "./sim-models.ts";

function parse(name: string, config: object = {}) {
  return parseSimModel(name, simConfigSchema.parse(config));
}

test("options behind the name shape the answer", () => {
  const name =
    "sim-small?first_token_ms=200&token_ms=10.5&jitter=0.3&error=429:0.1,stall:0.05&tokens=100&seed=7&reasoning_tokens=4&fault_after_tokens=0&retry_after_s=30";
  expect(parse(name)).toEqual({
    profile: {
      model: "sim-small",
      firstTokenMs: 200,
      tokenMs: 10.5,
      jitter: 0.3,
      rates: { "429": 0.1, stall: 0.05 },
      tokens: 100,
      seed: 7,
      reasoningTokens: 4,
      faultAfterTokens: 0,
      retryAfterS: 30,
    },
  });
});

test("options come before config, config before the model's own profile", () => {
  const config = { first_token_ms: 5, errors: { cut: 0.5 } };
  expect(parse("sim-small", config)).toMatchObject({ profile: { firstTokenMs: 5, tokenMs: 2, rates: { cut: 0.5 } } });
  const options = parse("sim-small?first_token_ms=7&error=none", config);
  expect(options).toMatchObject({ profile: { firstTokenMs: 7, rates: {} } });
});

describe("what cannot be read is refused with a list of what can", () => {
  const refused: [name: string, problem: RegExp][] = [
    ["sim-smal", /did you mean sim-small\?.*sim-reasoning/],
    ["__proto__", /no model __proto__/],
    ["sim-small?", /no option ""; it has first_token_ms, token_ms/],
    ["sim-small?speed=9", /no option "speed"; it has first_token_ms, token_ms/],
    ["sim-small?constructor=9", /no option "constructor"/],
    ["sim-small?jitter", /jitter cannot be "": it is 0 to 1/],
    ["sim-small?jitter=1.5", /jitter cannot be "1.5"/],
    ["sim-small?tokens=1e3", /tokens cannot be "1e3": it is 1 to 16384/],
    ["sim-small?tokens=0", /tokens cannot be "0"/],
    ["sim-small?seed=1.5", /seed cannot be "1.5": it is a whole number/],
    ["sim-small?error=", /error cannot be ""/],
    ["sim-small?error=boom", /error cannot be "boom".*429, 500, 503, refused/],
    ["sim-small?error=cut:2", /error cannot be "cut:2"/],
    ["sim-small?error=cut:0.6,stall:0.6", /error cannot be "cut:0.6,stall:0.6".*not more than 1/],
  ];
  for (const [name, problem] of refused)
    test(name, () => expect(parse(name)).toMatchObject({ problem: expect.stringMatching(problem) }));
});

test("the config refuses rates that add up to more than 1, and unknown faults", () => {
  const tenTenths = { "429": 0.1, "500": 0.1, "503": 0.1, refused: 0.1, stall: 0.1, stall_mid: 0.1, cut: 0.1 };
  expect(() =>
    simConfigSchema.parse({ errors: { ...tenTenths, malformed: 0.1, garbage: 0.1, empty: 0.1 } }),
  ).not.toThrow();
  expect(() => simConfigSchema.parse({ errors: { cut: 0.6, stall: 0.6 } })).toThrow(/add up to more than 1/);
  expect(() => simConfigSchema.parse({ errors: { boom: 1 } })).toThrow(/boom/);
});
