// Messages about approvals, and their links: signed, used once, and of no use to those who only look.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { until } from "../../test/support/until.ts";
import { type Bench, person, startBench, startReceiver, wishFor } from "./approvals.fixture.ts";

let bench: Bench;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
  receiver = await startReceiver([500]);
  bench = await startBench(
    {
      base_url: "https://binnacle.example",
      notify: {
        ada: { kind: "webhook", url: "env:RECEIVER_URL", user: "ada", roles: ["reviewer"] },
        child: { kind: "slack", url: "env:RECEIVER_URL", user: "kid", roles: ["child"] },
      },
    },
    { RECEIVER_URL: receiver.url },
  );
});
afterAll(async () => {
  await bench.close();
  receiver.close();
});

const APPROVE = { decision: "approve", note: "by link" } as const;

describe("a message", () => {
  test("comes to those who may decide, after a failure too, and its link decides", async () => {
    const { id } = await bench.approvals.request(wishFor("told"));
    await until(() => receiver.bodies.length === 1);
    const told = JSON.parse(receiver.bodies[0] ?? "") as { id: string; link: string };
    expect(told).toMatchObject({ id, what: "told", about: "asked" });
    const token = new URL(told.link).pathname.split("/").at(-1) ?? "";
    expect(await bench.approvals.links.look(token)).toMatchObject({ approval: { id, state: "pending" } });
    const { row, tookEffect } = await bench.approvals.links.decide(token, APPROVE);
    expect([row.state, tookEffect]).toEqual(["approved", true]);
    expect((await bench.approvals.get(id)).votes).toMatchObject([
      { by: { user: "ada" }, via: "link", note: "by link" },
    ]);
  });
});

describe("a link", () => {
  const make = async (what: string, { approvals } = bench) => {
    const approvers = { roles: ["reviewer"], users: [], needed: 2, not_oneself: true };
    const { id } = await approvals.request(wishFor(what, { approvers }));
    return { id, token: await approvals.links.make(id, person("ada")) };
  };

  test("is used once, by fifty at once", async () => {
    const { id, token } = await make("fifty");
    const used = await Promise.allSettled(
      Array.from({ length: 50 }, () => bench.approvals.links.decide(token, APPROVE)),
    );
    expect(used.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(bench.approvals.links.look(token)).rejects.toMatchObject({ code: "approvals.link_invalid" });
    expect((await bench.approvals.get(id)).votes).toHaveLength(1);
  });

  test("with another signature, of another id, or with nothing in it does not hold", async () => {
    const { token } = await make("forged");
    const { token: other } = await make("other");
    const [id = ""] = token.split(".");
    const [, signature = ""] = other.split(".");
    const broken = `${token.slice(0, -2)}${token.endsWith("AA") ? "BB" : "AA"}`;
    for (const forged of ["", ".", id, `${id}.`, `${id}.${signature}`, broken, `${token}.x`, "x".repeat(10_000)])
      await expect(bench.approvals.links.look(forged)).rejects.toMatchObject({ code: "approvals.link_invalid" });
    expect(await bench.approvals.links.look(token)).toMatchObject({ person: { user: "ada" } });
  });

  test("is too old after a while", async () => {
    const brief = await startBench({ link_lifetime: "200ms" });
    const { links } = brief.approvals;
    const { token } = await make("old", brief);
    await until(async () =>
      links.look(token).then(
        () => false,
        (error: { code: string }) => error.code === "approvals.link_invalid",
      ),
    );
    await expect(links.decide(token, APPROVE)).rejects.toMatchObject({ code: "approvals.link_invalid" });
    await brief.close();
  });
});
