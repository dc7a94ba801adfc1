import { expect, test } from "bun:test";
import { createWorld, defineErrors } from "../../kernel/index.ts";
import { governanceErrors, type Governance } from "../../governance/index.ts";
import { type Gateway, gatewayErrors } from "../../gateway/index.ts";
import { providersErrors } from "../../providers/index.ts";
import type { ClaimedLine, LineResult } from "../batch.ts";
import { endpointsOf } from "./endpoints.ts";
import { runLine } from "./run-line.ts";

const config = { tries_max: 3, retry_wait: 100, retry_wait_max: 1000 };
const principal = { keyId: "k", keyName: "k", scopes: ["call"], user: null, team: null, project: null } as const;
const line: ClaimedLine = {
  line: 1,
  customId: "a",
  body: JSON.stringify({ model: "m", messages: [{ role: "user", content: "Ahoy" }] }),
  claim: "c",
  tries: 0,
  batch: { id: "batch_1", kind: "openai", keyId: "k", sealedFor: null, endpoint: "/v1/chat/completions", headers: {} },
};

function run(answer: () => unknown, { of = line, signal = new AbortController().signal } = {}) {
  // Only what a line uses of them.
  const gateway = { complete: () => Promise.resolve().then(answer) } as unknown as Gateway;
  // As above.
  const governance = { identify: { byKeyId: () => Promise.resolve(principal) } } as unknown as Governance;
  return runLine(of, signal, { config, world: createWorld(), gateway, governance });
}

const failing = (error: Error) => () => {
  throw error;
};
const refusal = { target: "v/m", status: 429, detail: "slow down" };

test("an answer is the result, and one that is no JSON is quoted", async () => {
  const answered = { callId: "id", status: 200, body: '{"a":1}' };
  expect(await run(() => answered)).toEqual({
    result: { outcome: "succeeded", status: 200, callId: "id", body: '{"a":1}' },
  });
  expect(await run(() => ({ ...answered, body: Buffer.from("plain") }))).toMatchObject({ result: { body: '"plain"' } });
});

test("what a vendor fails is tried again later, longer each time, up to a bound", async () => {
  const limited = failing(providersErrors.vendor_rate_limited(refusal));
  expect(await run(limited)).toEqual({ again: { waitMs: 100, tries: 1 } });
  expect(await run(limited, { of: { ...line, tries: 1 } })).toEqual({ again: { waitMs: 200, tries: 2 } });
  expect(await run(limited, { of: { ...line, tries: 2 } })).toMatchObject({
    result: { outcome: "errored", status: 429 },
  });
  const asked = failing(providersErrors.vendor_rate_limited({ ...refusal, retryAfterMs: 600_000 }));
  expect(await run(asked)).toEqual({ again: { waitMs: 1000, tries: 1 } });
});

test("a request that was erased before its turn is answered so, and asked of nobody", async () => {
  const never = failing(new Error("nobody is to be asked"));
  const { result } = (await run(never, { of: { ...line, body: null } })) as { result: LineResult };
  expect(result).toMatchObject({ outcome: "errored", status: 410 });
  expect(result.body).toContain("was erased");
});

test("a chat asks for the tier that batches are given, unless it names its own", async () => {
  const askedIn = async (of: ClaimedLine): Promise<unknown> => {
    let asked: unknown;
    // As above.
    const gateway = {
      complete: (call: { request: { text: string } }) => {
        asked = (JSON.parse(call.request.text) as { service_tier?: string }).service_tier;
        return Promise.resolve({ callId: "id", status: 200, body: "{}" });
      },
    } as unknown as Gateway;
    // As above.
    const governance = { identify: { byKeyId: () => Promise.resolve(principal) } } as unknown as Governance;
    const deps = { config: { ...config, service_tier: "flex" }, world: createWorld(), gateway, governance };
    await runLine(of, new AbortController().signal, deps);
    return asked;
  };
  expect(await askedIn(line)).toBe("flex");
  const own = { ...line, body: '{"model":"m","service_tier":"priority","messages":[{"role":"user","content":"x"}]}' };
  expect(await askedIn(own)).toBe("priority");
  const embedding = { ...line.batch, endpoint: "/v1/embeddings" };
  expect(await askedIn({ ...line, batch: embedding, body: '{"model":"m","input":"x"}' })).toBeUndefined();
});

test("where there is no place now, nothing was tried", async () => {
  const full = [
    governanceErrors.too_many_calls({ key: "k", max: 1, retryAfterMs: 50 }),
    gatewayErrors.overloaded({ max: 1, retryAfterMs: 500 }),
    governanceErrors.identity_unavailable({ retryAfterMs: 500 }),
  ];
  for (const error of full)
    expect(await run(failing(error), { of: { ...line, tries: 2 } })).toMatchObject({ again: { tries: 2 } });
});

test("what cannot help by trying again is the result, in the dialect of the endpoint", async () => {
  const unknown = failing(gatewayErrors.unknown_model({ model: "m", nearest: [] }));
  expect(await run(unknown)).toMatchObject({ result: { outcome: "errored", status: 404, callId: null } });
  const messages = { ...line, batch: { ...line.batch, kind: "anthropic", endpoint: "/v1/messages" } } as const;
  const said = await run(unknown, { of: messages });
  expect("result" in said && JSON.parse(said.result.body)).toMatchObject({ type: "error" });
  const streaming = { ...line, body: '{"model":"m","stream":true,"messages":[{"role":"user","content":"x"}]}' };
  expect(await run(unknown, { of: streaming })).toMatchObject({ result: { status: 400 } });
});

test("a defect of ours is bounded too, and a line that is cut is to be carried out again at once", async () => {
  const broken = failing(new Error("a defect"));
  expect(await run(broken, { of: { ...line, tries: 2 } })).toMatchObject({ result: { status: 500 } });
  const other = defineErrors("elsewhere", { gone: () => ({ status: 499, message: "gone", fix: "none" }) });
  const signal = AbortSignal.abort();
  expect(await run(failing(other.gone({})), { signal })).toEqual({ again: { waitMs: 0, tries: 0 } });
});

test("the endpoints are those whose dialect is there", () => {
  expect(endpointsOf("openai")).toContain("/v1/chat/completions");
  expect(endpointsOf("openai")).toContain("/v1/embeddings");
  expect(endpointsOf("anthropic")).toEqual(["/v1/messages"]);
});
