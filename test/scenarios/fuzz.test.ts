// Requests made from the API's own document, valid, nearly valid and hostile: whatever is sent, the answer says what is wrong with it.
// None is an error of ours, none is slow, and the program stands afterwards.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { startTestApp, type TestApp } from "../support/app.ts";
import { type MadeRequest, requestsFor } from "../support/api/hostile.ts";
import { readOperations } from "../support/api/operations.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const RUNS = Number(Bun.env["FUZZ_RUNS"] ?? 25);
const SEED = Number(Bun.env["FUZZ_SEED"] ?? Math.floor(Date.now() / 86_400_000));
const SLOW_MS = 20_000;

async function send({ method, address, headers, body }: MadeRequest): Promise<{ status: number; text: string }> {
  const response = await fetch(app.url + address, {
    method,
    headers: { "content-type": "application/json", ...headers, authorization: `Bearer ${app.key}` },
    ...(body !== undefined && { body }),
    redirect: "manual",
    signal: AbortSignal.timeout(SLOW_MS),
  });
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  if (isStream) await response.body?.cancel();
  return { status: response.status, text: isStream ? "" : await response.text() };
}

/** Whatever it is, it is told as errors are. */
function isTold(status: number, text: string): boolean {
  if (status < 400) return true;
  const said = JSON.parse(text) as { code?: string; message?: string; error?: { message?: string } };
  return (said.message ?? said.error?.message ?? "") !== "";
}

describe("whatever is sent to the API", () => {
  test.each(readOperations().map((operation) => [operation.id, operation] as const))(
    "as %s has an answer that is no error of ours",
    async (_, operation) => {
      await fc.assert(
        fc.asyncProperty(requestsFor(operation), async (request) => {
          const { status, text } = await send(request);
          if (status >= 500) throw new Error(`${status}: ${text.slice(0, 500)}`);
          expect(isTold(status, text)).toBe(true);
        }),
        { numRuns: RUNS, seed: SEED, endOnFailure: true },
      );
    },
  );

  test("leaves the program standing, its keys and policies as they were", async () => {
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
    expect((await app.client.session.get()).roles).toEqual(["owner"]);
    expect((await fetch(`${app.url}/v1/models`, { headers: { authorization: `Bearer ${app.key}` } })).status).toBe(200);
  });
});
