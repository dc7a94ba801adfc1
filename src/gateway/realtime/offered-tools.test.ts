// Tools that are offered on a connection, wherever an event has them and however it is written.
import { describe, expect, test } from "bun:test";
import { plainKey, type Principal } from "../../governance/index.ts";
import { fakeRecords } from "./realtime.fixture.ts";
import { createOfferedTools } from "./offered-tools.ts";

const principal: Principal = {
  ...plainKey(["call"]),
  keyId: "k",
  keyName: "k",
  scopes: ["call"],
  user: null,
  team: null,
  project: null,
};

function check(frame: string | Uint8Array, { forbidden = "shell", obligations = [] as string[] } = {}) {
  const { records, closed } = fakeRecords();
  const decide = (name: string) => ({
    obligations,
    ...((forbidden === "*" || name === forbidden) && { refusal: { policy: "no-shell", why: "nobody runs a shell" } }),
  });
  const switches = { thrown: undefined };
  const offered = createOfferedTools({ tools: () => decide, switches }, { principal }, records);
  try {
    offered.check(frame);
    return { error: "", closed, names: offered.names() };
  } catch (error) {
    return { error: (error as Error).message, closed, names: [] };
  }
}

const tool = (name: string) => ({ type: "function", name, parameters: {} });
const update = (tools: unknown) => JSON.stringify({ type: "session.update", session: { type: "realtime", tools } });

describe("a tool that a policy forbids", () => {
  test.each([
    ["a session", update([tool("search"), tool("shell")])],
    ["a response", JSON.stringify({ type: "response.create", response: { tools: [tool("shell")] } })],
    ["an event that we do not know", JSON.stringify({ type: "x", anything: { tools: [tool("shell")] } })],
    ["escapes", update([tool("shell")]).replace('"tools"', String.raw`"\u0074ools"`)],
    ["bytes", Buffer.from(update([tool("shell")]))],
  ])("is not offered by %s, and the refusal is on record with its policy", (_, frame) => {
    const { error, closed } = check(frame);
    expect(error).toBe('The key k may not offer the tool "shell": nobody runs a shell (policy no-shell).');
    expect(closed[0]?.record).toMatchObject({ outcome: "refused", authority: { policy: "no-shell" } });
  });

  test("is no other tool, and no words", () => {
    expect(check(update([tool("search")])).error).toBe("");
    expect(check(JSON.stringify({ type: "x", item: { text: 'say "tools": shell' } }), { forbidden: "*" }).error).toBe(
      "",
    );
    expect(check('{"tools": broken', { forbidden: "*" }).error).toBe("");
  });

  test("is refused without a name where all are forbidden", () => {
    for (const tools of [[{ type: "mcp", server_url: "https://x.test" }], "all", [5]])
      expect(check(update(tools), { forbidden: "*" }).error).toContain("may not offer the tool");
  });
});

test("Names that were offered are remembered, up to a bound", () => {
  expect(check(update([tool("search"), tool("look"), tool("search")])).names).toEqual(["search", "look"]);
  const flood = Array.from({ length: 1001 }, (_, at) => tool(`t${at}`));
  expect(check(update(flood)).error).toContain("at most 1000 tools");
});

test("A tool that is allowed under a demand is not offered where nobody can keep it", () => {
  expect(check(update([tool("search")]), { obligations: ["mask:pii"] }).error).toContain("allowed under mask:pii");
});
