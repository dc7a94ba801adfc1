// What a page of the console can do, a program and a terminal can do too: the console asks through the typed client alone, which is
// the API, and whatever it asks for is asked for by a command as well. Both are read from the sources.
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { readOperations } from "../support/api/operations.ts";
import { createSource } from "../../tools/syntax.ts";
import { isTest } from "./house.ts";
import { anyName, type Chosen, operationsCalled, quotedNames } from "./operations-called.ts";
import { listSources } from "./read-house.ts";

/** What no command does, and why. One that a command does after all is an error. */
const withoutCommand: Record<string, string> = {
  "session.list": "of whoever signed in by a browser; a key has no sessions. `people sessions` shows anybody's",
  "session.end": "of whoever signed in by a browser; a key has no sessions. `people sign-out` ends anybody's",
  "session.endOthers": "of whoever signed in by a browser; a key has no sessions. `people sign-out` ends anybody's",
  "session.changePassword": "asks for the one before; `people set-password` sets anybody's",
  "session.passkeys": "of whoever signed in by a browser",
  "session.beginPasskey": "only a browser makes passkeys",
  "session.addPasskey": "only a browser makes passkeys",
  "session.removePasskey": "of whoever signed in by a browser",
};

const operations = readOperations().map(({ id }) => id);

function calledIn(folder: string, chosen: Chosen): Set<string> {
  const sources = listSources(join(import.meta.dir, "../.."), folder).filter(({ path }) => !isTest(path));
  return new Set(sources.flatMap((source) => [...operationsCalled(source, { operations, chosen })]));
}

describe("whatever a page of the console asks for", () => {
  const pages = calledIn("console/src", anyName);
  const commands = calledIn("src/interfaces/cli", quotedNames);

  test("a command asks for too, but for what only browsers have", () => {
    expect(pages.size).toBeGreaterThan(100);
    expect([...pages].filter((operation) => !commands.has(operation) && !(operation in withoutCommand))).toEqual([]);
  });

  test("is no exception any longer where a command does it, or no page", () => {
    const idle = Object.keys(withoutCommand).filter((operation) => commands.has(operation) || !pages.has(operation));
    expect(idle).toEqual([]);
  });
});

describe("operations that a source asks for", () => {
  const known = [
    "calls.list",
    "calls.get",
    "teams.list",
    "users.list",
    "alerts.rules.put",
    "status",
    "policies.submit",
  ];
  const called = (text: string, chosen: Chosen = anyName): string[] => [
    ...operationsCalled(createSource("a.ts", text), { operations: known, chosen }),
  ];

  test("are found behind names that were given on the way", () => {
    expect(called("await api.client.calls.list({});")).toEqual(["calls.list"]);
    expect(called("const { client } = useServices().api; client.status();")).toEqual(["status"]);
    expect(called("function f() { const { rules } = connect(cli).api.alerts; return rules.put({}); }")).toEqual([
      "alerts.rules.put",
    ]);
    expect(called("const { put } = api.alerts.rules; change(() => put(1));")).toEqual(["alerts.rules.put"]);
    expect(called("function g(k) { return { team: api.teams, user: api.users }[k]; } g(1).list();")).toEqual([
      "teams.list",
      "users.list",
    ]);
  });

  test("are those of the scope they stand in, and of clients alone", () => {
    expect(called("function f() { const { calls } = api; } function g(calls) { calls.list(); }")).toEqual([]);
    expect(called("data.calls.list(); models.calls.get();")).toEqual([]);
  });

  test("are all that may be meant, or those that are spelt out, where a name is chosen while it runs", () => {
    expect(called("api.client[kind].list();")).toEqual(["calls.list", "teams.list", "users.list"]);
    expect(called('type Step = "submit"; api.policies[step]({});', quotedNames)).toEqual(["policies.submit"]);
    expect(called("api.policies[step]({});", quotedNames)).toEqual([]);
  });
});
