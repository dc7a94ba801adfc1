// `switches`, `stop` and `approvals` on the command line, against the whole program.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createClient } from "../../client/index.ts";
import { runInTest } from "../../src/interfaces/cli/testing/run-in-test.ts";
import { startTestApp, type TestApp } from "../support/app.ts";

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
    expect((await app.client.approvals.delegations.list()).delegations).toMatchObject([{ to: "bob" }]);
  });
});
