// Tools that a request offers, in whatever dialect, before it is planned.
import { describe, expect, test } from "bun:test";
import { plainKey, type Principal } from "../governance/index.ts";
import type { CallerRequest } from "../providers/index.ts";
import { admitCall } from "./admit-call.ts";

const principal: Principal = {
  ...plainKey(["call"]),
  keyId: "k",
  keyName: "k",
  scopes: ["call"],
  user: null,
  team: null,
  project: null,
};

function admit(body: object, more: Partial<CallerRequest> = {}, forbidden = "shell") {
  const state = { released: 0, asked: [] as string[] };
  const governance = {
    admit: () => ({
      authority: { policy: "p", rule: "r" },
      obligations: [],
      release: () => void (state.released += 1),
    }),
    tools: () => (name: string) => {
      state.asked.push(name);
      const isForbidden = forbidden === "*" || name === forbidden;
      return { obligations: [], ...(isForbidden && { refusal: { policy: "no-shell", why: "nobody runs a shell" } }) };
    },
  };
  const request: CallerRequest = {
    operation: "chat",
    dialect: "openai-chat",
    text: JSON.stringify({ model: "m", messages: [{ role: "user", content: "hi" }], ...body }),
    model: "m",
    stream: false,
    includeUsage: false,
    ...more,
  };
  try {
    admitCall({ governance }, { principal, request });
    return { ...state, error: "" };
  } catch (error) {
    return { ...state, error: (error as Error).message };
  }
}

const openAi = (name: string) => ({
  tools: [{ type: "function", function: { name, parameters: { type: "object" } } }],
});
const anthropic = (name: string) => ({ max_tokens: 5, tools: [{ name, input_schema: { type: "object" } }] });

describe("a tool that a policy forbids", () => {
  test("refuses the call, whose place is given back", () => {
    const { error, released } = admit(openAi("shell"));
    expect([error, released]).toEqual([
      'The key k may not offer the tool "shell": nobody runs a shell (policy no-shell).',
      1,
    ]);
    expect(admit(anthropic("shell"), { dialect: "anthropic-messages" }).error).toContain('"shell"');
  });

  test("is found though its words are written as escapes", () => {
    const text = JSON.stringify({ model: "m", messages: [{ role: "user", content: "hi" }], ...openAi("shell") });
    for (const disguised of [
      text.replace('"tools"', String.raw`"\u0074ools"`),
      text.replace('"shell"', String.raw`"\u0073hell"`),
    ])
      expect(admit({}, { text: disguised }).error).toContain('"shell"');
  });

  test("is asked for by its name, and others may be offered", () => {
    expect(admit(openAi("search"))).toEqual({ released: 0, asked: ["search"], error: "" });
  });

  test("is nobody's concern in a request without tools, though its words speak of them", () => {
    expect(admit({ messages: [{ role: "user", content: 'say "tools": shell' }] }, {}, "*")).toMatchObject({
      error: "",
    });
  });

  test("that cannot be read is refused where all are forbidden", () => {
    const native = { native: { vendor: "v" } } as Partial<CallerRequest>;
    expect(admit(openAi("x"), native, "*").error).toContain("may not offer the tool");
    expect(admit({ tools: 5 }, {}, "*").error).toContain("may not offer the tool");
  });
});
