// What a collector gets, and what becomes of calls while it is slow, refuses, or is away.
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { until } from "../../../test/support/until.ts";
import { createWorld } from "../../kernel/index.ts";
import type { CallRecord } from "../../ledger/contract.ts";
import { exportSchema } from "./config.ts";
import { type Collector, exportedCall, startCollector, TRACE } from "./export.fixture.ts";
import { createExports, type Exports } from "./exports.ts";
import type { TracesRequest } from "./wire/otlp.ts";

let collector: Collector;
let tell: (record: CallRecord) => void;
let started: Exports[];

beforeEach(() => {
  collector = startCollector();
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map((each) => each.close()));
  await collector.close();
});

function start(config: object = {}): Exports {
  const full = { url: collector.url, protocol: "http/json", interval: 20, signals: ["traces"], ...config };
  const exports = createExports([exportSchema.parse(full)], {
    world: createWorld(),
    ledger: {
      subscribe: (listener) => ((tell = listener), () => undefined),
      readBodies: () => Promise.resolve(undefined),
    },
    env: { TOKEN: "Basic c2VjcmV0" },
    version: "1",
    worker: 1,
  });
  exports.start();
  started.push(exports);
  return exports;
}

const stateOf = (exports: Exports) => exports.state()[0];

function spansIn({ bytes }: Collector["taken"][number]) {
  const { resourceSpans } = JSON.parse(Buffer.from(bytes).toString()) as TracesRequest;
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

describe("an export", () => {
  test("sends calls together, packed, with its headers, and says who sends them", async () => {
    const exports = start({ headers: { authorization: "env:TOKEN" } });
    for (let index = 0; index < 3; index += 1) tell(exportedCall());
    await until(() => collector.taken.length === 1);
    const [sent] = collector.taken;
    expect(sent?.path).toBe("/v1/traces");
    expect(sent?.headers.get("authorization")).toBe("Basic c2VjcmV0");
    expect([sent?.headers.get("content-type"), sent?.headers.get("content-encoding")]).toEqual([
      "application/json",
      "gzip",
    ]);
    expect(sent && spansIn(sent).filter(({ traceId }) => traceId === TRACE)).toHaveLength(9);
    await until(() => stateOf(exports)?.sent === 3);
    expect(stateOf(exports)).toMatchObject({ queued: 0, dropped: 0, rejected: 0, last_error: null });
  });

  test("tries again what may be taken later, and waits as long as it was asked to", async () => {
    collector.next.push(new Response("busy", { status: 429, headers: { "retry-after": "1" } }));
    const exports = start();
    tell(exportedCall());
    const beganMs = performance.now();
    await until(() => collector.taken.length === 2);
    expect(performance.now() - beganMs).toBeGreaterThan(950);
    await until(() => stateOf(exports)?.sent === 1);
    expect(stateOf(exports)).toMatchObject({ dropped: 0, last_error: null });
  });

  test("drops what is refused for good, says why, and goes on with the next", async () => {
    collector.next.push(new Response("no such tenant", { status: 404 }));
    const exports = start();
    tell(exportedCall());
    await until(() => stateOf(exports)?.dropped === 1);
    expect(stateOf(exports)?.last_error).toBe("status 404: no such tenant");
    tell(exportedCall());
    await until(() => stateOf(exports)?.sent === 1);
    expect(stateOf(exports)?.last_error).toBeNull();
  });

  test("counts spans that the other side did not take, in JSON and in protobuf", async () => {
    const inJson = start();
    collector.next.push(Response.json({ partialSuccess: { rejectedSpans: "2", errorMessage: "too old" } }));
    tell(exportedCall());
    await until(() => stateOf(inJson)?.rejected === 2);
    expect(stateOf(inJson)?.last_error).toContain("too old");
    const inProtobuf = start({ protocol: "http/protobuf", compression: "none" });
    collector.next.push(new Response(Uint8Array.from([10, 6, 8, 3, 18, 2, 110, 111])));
    tell(exportedCall());
    await until(() => stateOf(inProtobuf)?.rejected === 3);
    expect(stateOf(inProtobuf)?.last_error).toBe("3 spans were rejected: no");
    expect(collector.taken.at(-1)?.headers.get("content-type")).toBe("application/x-protobuf");
  });

  test("takes no harm from a collector that answers nonsense, at any length", async () => {
    const exports = start({ protocol: "http/protobuf" });
    for (const body of [Uint8Array.from([10, 255, 255, 255, 255, 15, 8]), new Uint8Array(5_000_000).fill(255)]) {
      const sent = stateOf(exports)?.sent ?? 0;
      collector.next.push(new Response(body));
      tell(exportedCall());
      await until(() => stateOf(exports)?.sent === sent + 1);
    }
    expect(stateOf(exports)).toMatchObject({ dropped: 0, rejected: 0, last_error: null });
  });

  test("holds no more calls than its queue while the other side is away, and counts those it drops", async () => {
    await collector.close();
    const exports = start({ queue_max: 10, retry_for: 200, batch_max: 5 });
    for (let index = 0; index < 40; index += 1) tell(exportedCall());
    expect(stateOf(exports)).toMatchObject({ queued: 10, dropped: 30, last_error: "the queue is full" });
    await until(() => stateOf(exports)?.dropped === 40);
  });

  test("sends what waits when the program ends", async () => {
    const exports = start({ interval: 60_000 });
    tell(exportedCall());
    await exports.close();
    expect(collector.taken).toHaveLength(1);
  });

  test("sends metrics on their own, and the last of them at the end", async () => {
    const exports = start({ signals: ["metrics"], metrics_interval: 60_000 });
    tell(exportedCall());
    await exports.close();
    expect(collector.taken.map(({ path }) => path)).toEqual(["/v1/metrics"]);
  });

  test("does not start without its secrets, and says which is missing", () => {
    expect(() => start({ headers: { authorization: "env:ABSENT" } })).toThrow("ABSENT");
    expect(() => exportSchema.parse({ url: collector.url, headers: { a: "plain" } })).toThrow(
      "never the secret itself",
    );
  });
});
