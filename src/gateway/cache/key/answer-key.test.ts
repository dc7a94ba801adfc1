import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import type { CallerRequest } from "../../../providers/index.ts";
import { answerKey } from "./answer-key.ts";
import { isWithin, scopeOf } from "./scope.ts";
import { plainKey } from "../../../governance/index.ts";

const body = { model: "m", messages: [{ role: "user", content: "hi" }], temperature: 0.5 };

function requestOf(given: object, more: Partial<CallerRequest> = {}): CallerRequest {
  const request = {
    operation: "chat",
    dialect: "openai-chat",
    model: "m",
    stream: false,
    includeUsage: false,
  } as const;
  return { ...request, text: JSON.stringify(given), ...more };
}

const keyOf = (request: CallerRequest, more: { scope?: string; model?: string; isStrict?: boolean } = {}) =>
  answerKey({ scope: "{}", model: "v/m", request, isStrict: false, ...more });

describe("a key", () => {
  test("does not depend on who asks, on what for, or on the order of members", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("user", "metadata", "safety_identifier"), fc.jsonValue()), (said) => {
        expect(keyOf(requestOf({ ...said, ...body }))).toBe(keyOf(requestOf(body)) ?? "");
        const turned = Object.fromEntries(Object.entries({ ...body, ...said }).reverse());
        expect(keyOf(requestOf(turned))).toBe(keyOf(requestOf(body)) ?? "");
      }),
    );
  });

  test("changes with any other member", () => {
    const names = fc.constantFrom("temperature", "messages", "tools", "seed", "response_format", "max_tokens", "x");
    fc.assert(
      fc.property(names, fc.jsonValue(), (name, value) => {
        const other = { ...body, [name]: value };
        fc.pre(JSON.stringify(other) !== JSON.stringify(body));
        expect(keyOf(requestOf(other))).not.toBe(keyOf(requestOf(body)) ?? "");
      }),
    );
  });

  test("changes with scope, model, dialect, operation, the way it comes, and what the vendor is told beside", () => {
    const keys = [
      keyOf(requestOf(body)),
      keyOf(requestOf(body), { scope: '{"team":"a"}' }),
      keyOf(requestOf(body), { model: "route m" }),
      keyOf(requestOf(body), { isStrict: true }),
      keyOf(requestOf(body, { dialect: "cohere-chat" })),
      keyOf(requestOf(body, { operation: "count_tokens" })),
      keyOf(requestOf(body, { stream: true })),
      keyOf(requestOf(body, { stream: true, includeUsage: true })),
      keyOf(requestOf(body, { framing: "array" })),
      keyOf(requestOf(body, { headers: { "anthropic-beta": "a" } })),
      keyOf(requestOf(body, { headers: { "anthropic-beta": "b" } })),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/);
  });

  test("cannot be made to mean another scope or model by their names", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (scope, model, otherScope, otherModel) => {
        fc.pre(scope !== otherScope || model !== otherModel);
        const [one, other] = [
          { scope, model },
          { scope: otherScope, model: otherModel },
        ];
        expect(keyOf(requestOf(body), one)).not.toBe(keyOf(requestOf(body), other) ?? "");
      }),
    );
  });

  test("there is none for what has an effect beyond its answer, or several answers", () => {
    for (const more of [{ background: true }, { conversation: "c" }, { n: 2 }])
      expect(keyOf(requestOf({ ...body, ...more }))).toBeUndefined();
    expect(keyOf(requestOf({ generationConfig: { candidateCount: 2 } }, { dialect: "gemini" }))).toBeUndefined();
    expect(keyOf(requestOf(body, { form: new FormData() }))).toBeUndefined();
    expect(keyOf(requestOf(body, { text: "" }))).toBeUndefined();
  });
});

describe("a scope", () => {
  const principal = { ...plainKey([]), keyId: "k", keyName: "n", scopes: [], user: "u", team: "t", project: "p" };
  const scopeIn = (scope: Parameters<typeof scopeOf>[1]["scope"], who = {}, namedUser: string | null = null) =>
    JSON.parse(scopeOf({ ...principal, ...who }, { scope, namedUser })) as object;

  test("is the project, else the team, else the user, else the key", () => {
    expect(scopeIn("project")).toEqual({ team: "t", project: "p" });
    expect(scopeIn("project", { project: null })).toEqual({ team: "t" });
    expect(scopeIn("project", { project: null, team: null })).toEqual({ user: "u" });
    expect(scopeIn("project", { project: null, team: null, user: null })).toEqual({ key_id: "k" });
    expect(scopeIn("team")).toEqual({ team: "t" });
    expect(scopeIn("key")).toEqual({ key_id: "k" });
    expect(scopeIn("installation")).toEqual({});
  });

  test("by user is that of the key, and of whom the caller names beside it", () => {
    expect(scopeIn("user")).toEqual({ team: "t", project: "p", user: "u" });
    expect(scopeIn("user", {}, "v")).toEqual({ team: "t", project: "p", user: "u", named_user: "v" });
    expect(scopeIn("user", { user: null }, "v")).toEqual({ key_id: "k", named_user: "v" });
    expect(scopeIn("project", {}, "v")).toEqual({ team: "t", project: "p" });
  });

  test("is within what is meant when all that is said of that holds", () => {
    const scope = scopeOf(principal, { scope: "project", namedUser: null });
    expect([isWithin(scope, {}), isWithin(scope, { project: "p" }), isWithin(scope, { project: "q" })]).toEqual([
      true,
      true,
      false,
    ]);
    expect(isWithin("{}", { project: "p" })).toBe(false);
  });
});
