// `switches`, `stop`, `approvals`, and what is set and looked at by API on the command line, against the whole program.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createClient } from "../../client/index.ts";
import { runInTest } from "../../src/interfaces/cli/testing/run-in-test.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const run = (...argv: string[]) => runInTest([...argv, "--url", app.url, "--key", app.key]);
const endOf = (id: string): string => id.slice(-12);

describe("switches", () => {
  test("are thrown, listed and lifted by the end of an id", async () => {
    expect((await run("switches", "list")).stderr).toContain("Nothing is switched off");
    const thrown = await run("switches", "throw", "model", "openai/gpt-4o*", "--reason", "wrong answers");
    expect(thrown).toMatchObject({ exitCode: 0, stdout: "Switched off: model openai/gpt-4o*.\n" });
    const listed = await run("switches", "list");
    expect(listed.stdout).toContain("wrong answers");
    const [{ id } = { id: "" }] = (await app.client.switches.list({})).switches;
    expect((await run("switches", "lift", endOf(id))).stdout).toBe("On again: model openai/gpt-4o*.\n");
    expect((await run("switches", "list", "--all")).stdout).toContain("wrong answers");
  });

  test("stop the whole installation, and let it go on", async () => {
    expect((await run("stop", "--reason", "a drill")).stdout).toContain("the whole installation");
    const body = { model: "sim/sim-instant", messages: [{ role: "user", content: "Ahoy" }] };
    expect((await app.chat(body)).status).toBe(503);
    const [{ id } = { id: "" }] = (await app.client.switches.list({})).switches;
    await run("switches", "lift", id);
    expect((await app.chat(body)).status).toBe(200);
  });

  test.each([
    ["of what there is not", ["switches", "throw", "planet", "x", "--reason", "y"], 2],
    ["without a reason", ["stop"], 2],
    ["that is not thrown", ["switches", "lift", "x"], 1],
  ])("%s end in a sentence", async (_, argv, exitCode) => {
    expect((await run(...argv)).exitCode).toBe(exitCode);
  });
});

describe("approvals", () => {
  test("are listed, shown, approved and refused by the end of an id", async () => {
    const { secret: key } = await app.client.keys.create({ name: "agent" });
    const agent = createClient({ url: app.url, key });
    const wish = { action: "refund", resource: { type: "customer", id: "7" }, why: "delivered twice" };
    const first = await agent.approvals.ask({ ...wish, what: "Refund 250 EUR", payload_hash: "1" });
    const second = await agent.approvals.ask({ ...wish, what: "Refund 9000 EUR", payload_hash: "2" });
    expect((await run("approvals", "list", "--mine")).stdout).toContain("Refund 250 EUR");
    expect((await run("approvals", "show", endOf(first.id))).stdout).toContain("delivered twice");
    const approved = await run("approvals", "approve", endOf(first.id), "--note", "looked at it");
    expect(approved.stdout).toBe("approved: Refund 250 EUR\n");
    expect((await run("approvals", "refuse", endOf(second.id))).stdout).toBe("refused: Refund 9000 EUR\n");
    expect((await run("approvals", "show", first.id)).stdout).toContain("looked at it");
    const again = await run("approvals", "refuse", first.id);
    expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("is settled") });
    expect((await run("approvals", "list", "--state", "pending")).stderr).toContain("no such approvals");
  });

  test("are delegated for a while", async () => {
    expect((await run("approvals", "delegate", "bob", "--for", "7d")).exitCode).toBe(0);
    const { delegations } = await app.client.approvals.delegations.list();
    expect(delegations).toMatchObject([{ to: "bob" }]);
    expect((await run("approvals", "delegations")).stdout).toContain("bob");
    expect((await run("approvals", "undelegate", endOf(delegations[0]?.id ?? ""))).stdout).toContain("Ended");
    expect((await run("approvals", "delegations")).stderr).toContain("Nobody decides");
  });

  test("are counted, for all and for whoever asks", async () => {
    const { pending, mine } = await app.client.approvals.counts();
    expect((await run("approvals", "count")).stdout).toBe(`${pending} pending, ${mine} of them for you.\n`);
  });
});

describe("rules and objectives", () => {
  const given = (text: string) => ({
    stdin: { isTerminal: false, read: async () => text, ask: async () => undefined },
  });
  const set = (argv: string[], text: string) =>
    runInTest([...argv, "-f", "-", "--url", app.url, "--key", app.key], given(text));

  test("are set from a file, and deleted when that is meant", async () => {
    const made = await set(["alerts", "set-rule", "team-money"], "{ kind: cost, per: [team], usd: 50, every: day }");
    expect(made).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("a rule of the kind cost") });
    expect(await app.client.alerts.rules.get({ name: "team-money" })).toMatchObject({ source: "api", kind: "cost" });
    expect((await run("alerts", "delete-rule", "team-money")).stderr).toContain("nobody at a terminal");
    expect((await run("alerts", "delete-rule", "team-money", "--yes")).stdout).toContain("Deleted team-money");
    const slo = "{ of: { route: chat }, objective: { kind: availability }, target: 99.5 }";
    expect((await set(["slos", "set", "chat-up"], slo)).stdout).toContain("availability, 99.5 %");
    expect((await run("slos", "delete", "chat-up", "--yes")).stdout).toBe("Deleted chat-up.\n");
    expect((await app.client.slos.list()).slos).toEqual([]);
  });

  test("that cannot be taken end in a sentence, and in the server's words", async () => {
    const broken = await set(["slos", "set", "x"], "- a list");
    expect(broken).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("under alerts.slos in the config") });
    expect((await run("alerts", "set-rule", "x", "-f", "no-such-file")).stderr).toContain("There is no file");
    expect((await set(["alerts", "set-rule", "x"], "{ kind: nosuch }")).exitCode).toBe(1);
  });

  test("have channels to go to, or none", async () => {
    expect((await run("alerts", "channels")).stderr).toContain("There are no channels");
  });
});

describe("looking at", () => {
  test("one record says what is known of it, and its bodies where they are asked for", async () => {
    const body = { model: "sim/sim-instant", messages: [{ role: "user", content: "Which berth is free?" }] };
    const response = await app.chat(body);
    await response.arrayBuffer();
    const id = response.headers.get("x-binnacle-call-id") ?? "";
    await until(async () => (await app.client.records.list({})).records.some((record) => record.id === id));
    const shown = (await run("records", "show", id)).stdout;
    for (const part of ["sim/sim-instant", "kind          call", "outcome       ok"]) expect(shown).toContain(part);
    expect(shown).not.toContain("Which berth");
    expect((await run("records", "show", id, "--body")).stdout).toContain("Which berth is free?");
    expect((await run("records", "show", "nosuch")).exitCode).toBe(1);
  });

  test("vendors names them, and their limits where they have told of any", async () => {
    expect((await run("vendors", "list")).stdout).toContain("sim");
    expect((await run("vendors", "limits")).stderr).toContain("No vendor has told");
  });

  test("the trail between two sizes gives the proof that it only grew", async () => {
    await until(async () => (await app.client.audit.state()).size > 1);
    const { size } = await app.client.audit.state();
    const { to_root } = await app.client.audit.consistency({ from: 1, to: size });
    expect((await run("audit", "consistency", "1", "--to", String(size))).stdout).toContain(to_root);
  });
});
