// A changed config takes hold without a stop: routes, vendors, prices and budgets, and calls under way end as they began.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { watchConfig } from "../../src/watch-config.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { startHeldVendor } from "../support/vendors/held.ts";
import { until } from "../support/until.ts";

const routes = (targets: string) => `gateway: { routes: { house: { targets: [${targets}] } } }\n`;
const body = { model: "house", max_tokens: 5, messages: [{ role: "user", content: "Hello" }] };

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: routes("sim/sim-instant") });
});
afterAll(() => app.close());

const targetOf = (response: Response): string | null => response.headers.get("x-binnacle-target");

describe("a changed config", () => {
  test("sends the next call elsewhere, and lets the one under way end where it began", async () => {
    const slow = routes('"sim/sim-small?token_ms=30&tokens=10"');
    await app.reload(slow);
    const underWay = await app.chat({ ...body, max_tokens: 10, stream: true });
    expect(await app.reload(routes("sim/sim-large"))).toEqual([]);
    expect(targetOf(await app.chat(body))).toBe("sim/sim-large");
    expect(await underWay.text()).toEndWith("data: [DONE]\n\n");
    expect(targetOf(underWay)).toContain("sim/sim-small");
  });

  test("leaves conversations where they are", async () => {
    const kept = (targets: string) => `gateway: { routes: { house: { affinity: session, targets: [${targets}] } } }\n`;
    const talk = async () => targetOf(await app.chat(body, { headers: { "x-binnacle-session": "s" } }));
    await app.reload(kept("sim/sim-instant, sim/sim-small"));
    expect(await talk()).toBe("sim/sim-instant");
    await app.reload(kept("sim/sim-small, sim/sim-instant"));
    expect(await talk()).toBe("sim/sim-instant");
    expect(targetOf(await app.chat(body, { headers: { "x-binnacle-session": "t" } }))).toBe("sim/sim-small");
  });

  test("takes budgets from the next call on, and gives them up as readily", async () => {
    const budget = `${routes("sim/sim-instant")}governance: { budgets: [{ of: organisation, usd: 0 }] }\n`;
    await app.reload(budget);
    expect((await app.chat(body)).status).toBe(402);
    await app.reload(routes("sim/sim-instant"));
    expect((await app.chat(body)).status).toBe(200);
  });

  test("takes prices from the next call on, and one under way keeps those that it began with", async () => {
    const vendor = startHeldVendor();
    const priced = (usd: number) => `${routes("held/m")}providers:
  vendors: { held: { kind: openai-compatible, base_url: "${vendor.url}" } }
  prices: { held/m: { input_usd_per_million: ${usd}, output_usd_per_million: ${usd} } }
`;
    const ask = (content: string) => app.chat({ ...body, messages: [{ role: "user", content }] });
    const perToken = async (response: Response) => {
      await response.text();
      const id = response.headers.get("x-binnacle-call-id") ?? "";
      const { cost, tokens } = await app.client.calls.get({ id });
      return (cost.usd_micros ?? 0) / ((tokens?.input ?? 0) + (tokens?.output ?? 0));
    };
    await app.reload(priced(1000));
    expect(await perToken(await ask("one"))).toBe(1000);
    const underWay = ask("held until the price is another");
    await until(() => vendor.asked.length >= 2);
    await app.reload(priced(2000));
    expect(await perToken(await ask("two"))).toBe(2000);
    vendor.letGo();
    expect(await perToken(await underWay)).toBe(1000);
    await vendor.close();
  });

  test("says what it does not take over", async () => {
    const more = `${routes("sim/sim-instant")}interfaces: { body_bytes_max: 1MiB }\ngovernance: { session_lifetime: 1h }\n`;
    expect(await app.reload(more)).toEqual(["governance", "interfaces"]);
  });
});

describe("the file", () => {
  test("is read again when it was changed or replaced, and what does not hold changes nothing", async () => {
    const folder = mkdtempSync(join(tmpdir(), "binnacle-watch-"));
    const path = join(folder, "binnacle.yaml");
    writeFileSync(path, "one");
    const applied: string[] = [];
    const lines: string[] = [];
    const watch = watchConfig(path, {
      read: async () => {
        const text = await Bun.file(path).text();
        if (text.startsWith("bad")) throw new Error("it is bad");
        return text;
      },
      apply: (text) => Promise.resolve(void applied.push(text)),
      log: pino({ level: "error" }, { write: (line) => void lines.push(line) }),
    });
    writeFileSync(path, "the second");
    await until(() => applied.length === 1);
    writeFileSync(path, "bad one");
    await until(() => lines.length === 1);
    writeFileSync(`${path}.new`, "and the third");
    renameSync(`${path}.new`, path);
    await until(() => applied.length === 2);
    watch.close();
    rmSync(folder, { recursive: true });
    expect(applied).toEqual(["the second", "and the third"]);
    expect(lines[0]).toContain("stays in force");
  });
});
