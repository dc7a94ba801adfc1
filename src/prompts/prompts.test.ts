import { describe, expect, test } from "bun:test";
import { promptsConfigSchema } from "./config.ts";
import { createPrompts } from "./prompts.ts";

const config = (more: object = {}) =>
  promptsConfigSchema.parse({
    greet: {
      version: "2",
      messages: [
        { role: "system", content: "You greet in {{language}}." },
        { role: "user", content: "Greet {{name}}." },
      ],
      model: "fast",
      parameters: { temperature: 0, reasoning_effort: "low", response_schema: { type: "object" } },
      ...more,
    },
  });
const call = (more: object = {}) => ({
  id: "greet",
  version: undefined,
  variables: { language: "French", name: "Ada" },
  ...more,
});
const said = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return (error as { code?: string; message: string; fix: string }).code;
  }
};

describe("a prompt", () => {
  test("is filled in, with its model, its parameters and its hash", () => {
    const filled = createPrompts(config()).fill(call());
    expect(filled).toMatchObject({
      id: "greet",
      version: "2",
      model: "fast",
      messages: [
        { role: "system", parts: [{ type: "text", text: "You greet in French." }] },
        { role: "user", parts: [{ type: "text", text: "Greet Ada." }] },
      ],
      parameters: {
        temperature: 0,
        reasoning: { effort: "low" },
        response_format: { type: "json_schema", name: "greet", schema: { type: "object" } },
      },
    });
    expect(filled.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test("has the same hash whatever it is filled in with, and another when it reads otherwise", () => {
    const prompts = createPrompts(config());
    const before = prompts.fill(call()).hash;
    expect(prompts.fill(call({ variables: { language: "Greek", name: "Bo" } })).hash).toBe(before);
    prompts.replace(config({ model: "slow" }));
    expect(prompts.fill(call()).hash).not.toBe(before);
  });

  test("takes numbers, truth values and texts in OpenAI's form", () => {
    const variables = { language: { type: "input_text", text: "Greek" }, name: 7 };
    const [system, user] = createPrompts(config()).fill(call({ variables })).messages;
    expect([system?.parts[0], user?.parts[0]]).toMatchObject([{ text: "You greet in Greek." }, { text: "Greet 7." }]);
  });

  test("says what does not fit, by name", () => {
    const { fill } = createPrompts(config());
    expect(said(() => fill(call({ id: "great" })))).toBe("prompts.unknown");
    expect(() => fill(call({ id: "great" }))).toThrow('There is no prompt "great"');
    expect(said(() => fill(call({ version: "1" })))).toBe("prompts.unknown_version");
    expect(said(() => fill(call({ version: "2" })))).toMatchObject({ id: "greet" });
    expect(() => fill(call({ variables: { name: "Ada" } }))).toThrow("needs a value for language");
    expect(() => fill(call({ variables: { ...call().variables, nmae: "" } }))).toThrow('has no variable "nmae"');
    expect(said(() => fill(call({ variables: { language: [], name: "" } })))).toBe("prompts.bad_variable");
    expect(said(() => fill(call({ variables: { constructor: "x", ...call().variables } })))).toBe(
      "prompts.unknown_variables",
    );
  });
});

test("a prompt of the config says what is no template, and where", () => {
  const { error } = promptsConfigSchema.safeParse({ bad: { messages: [{ role: "user", content: "{{#each}}" }] } });
  expect(error?.issues[0]?.path).toEqual(["bad", "messages", 0, "content"]);
  expect(error?.issues[0]?.message).toContain("is no variable");
});
