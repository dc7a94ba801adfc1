// Vendors' own limits, as callers meet them where they are looked at: a vendor that takes so many calls and tells of it.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { CallRecord } from "../../src/ledger/contract.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { untilFound } from "../support/until.ts";

/** Takes `left` more calls, and then none for a minute. */
interface ShyVendor {
  url: string;
  left: number;
  asked: number;
  close(): Promise<void>;
}

function serveShy(left: number): ShyVendor {
  const vendor = { left, asked: 0 };
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch() {
      vendor.asked += 1;
      vendor.left -= 1;
      const headers = {
        "x-ratelimit-limit-requests": "6",
        "x-ratelimit-remaining-requests": String(Math.max(0, vendor.left)),
        "x-ratelimit-reset-requests": "1m0s",
      };
      if (vendor.left < 0)
        return Response.json({ error: { message: "Rate limit reached." } }, { status: 429, headers });
      const message = { role: "assistant", content: "Yes." };
      const usage = { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 };
      const body = { id: "1", object: "chat.completion", created: 1, model: "m", usage };
      return Response.json({ ...body, choices: [{ index: 0, message, finish_reason: "stop" }] }, { headers });
    },
  });
  return Object.assign(vendor, {
    url: `http://127.0.0.1:${server.port}/v1`,
    close: () => server.stop(true),
  });
}

let app: TestApp;
let vendors: ShyVendor[];

beforeAll(async () => {
  vendors = [serveShy(6), serveShy(6)];
  const vendorIn = ({ url }: ShyVendor) =>
    `{ kind: openai-compatible, base_url: "${url}", api_key: env:K, models: [m] }`;
  app = await startTestApp({
    env: { K: "k" },
    config: `
providers:
  vendors: { one: ${vendorIn(vendors[0] as ShyVendor)}, two: ${vendorIn(vendors[1] as ShyVendor)} }
gateway:
  health: { adaptive: true, adaptive_wait_max: 300ms }
  routes: { both: { targets: [one/m, two/m] } }
`,
  });
});
afterAll(async () => {
  await app.close();
  for (const vendor of vendors) await vendor.close();
});

const call = () => app.chat({ model: "both", messages: [{ role: "user", content: "Room?" }] });

async function recordOf(response: Response): Promise<CallRecord> {
  const id = response.headers.get("x-binnacle-call-id") ?? "";
  return untilFound(() => app.client.calls.get({ id }).catch(() => undefined));
}

describe("with gateway.health.adaptive", () => {
  test("calls go to the next target before a vendor turns them away, and are refused when none has room", async () => {
    const responses: Response[] = [];
    for (let each = 0; each < 12; each += 1) responses.push(await call());
    const answered = responses.filter(({ status }) => status === 200);
    const by = (target: string) => answered.filter(({ headers }) => headers.get("x-binnacle-target") === target);
    expect(by("one/m").length).toBeGreaterThanOrEqual(3);
    expect(by("two/m").length).toBeGreaterThanOrEqual(3);
    expect(vendors.map(({ left }) => left).every((left) => left >= 0)).toBe(true);
    const [second] = by("two/m");
    expect(second && (await recordOf(second)).considered).toMatchObject([
      { target: "one/m", chosen: false, reason: expect.stringContaining("used up for now") },
      { target: "two/m", chosen: true },
    ]);
    const refused = responses.findLast(({ status }) => status === 429) as Response;
    expect(refused?.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.text()).toContain("used up for now");
    expect(await recordOf(refused)).toMatchObject({ outcome: "refused", attempts: [] });
  });

  test("what was learnt can be asked for, and is in the metrics", async () => {
    const { limits } = await app.client.vendorLimits();
    expect(limits).toMatchObject([
      { vendor: "one", model: "m", quotas: [{ unit: "requests", limit: 6 }], turned_away: 0 },
      { vendor: "two", model: "m", quotas: [{ unit: "requests", limit: 6 }], turned_away: 0 },
    ]);
    const metrics = await fetch(`${app.url}/metrics`, { headers: { authorization: `Bearer ${app.key}` } });
    expect(await metrics.text()).toMatch(
      /binnacle_vendor_requests_left\{vendor="one",model="m",credential="[^"]+"\} [0-9]/,
    );
  });
});
