// What the tests of exports share: a call with a failed attempt before the good one, and a collector on loopback.
import type { CallRecord } from "../../ledger/contract.ts";

export const TRACE = "0af7651916cd43dd8448eb211c80319c";

export function exportedCall(overrides: Partial<CallRecord> = {}): CallRecord {
  const attempt = { vendor: "mistral", model: "small", reason: "first", first_byte_ms: null, status: 500 };
  const read: Partial<CallRecord> = {
    id: "019a3f2e-0000-7000-8000-00000000abcd",
    trace_id: TRACE,
    span_id: "b7ad6b7169203331",
    parent_span_id: "00f067aa0ba902b7",
    session: "s1",
    started_at_ms: 1_800_000_000_123,
    operation: "chat",
    model: "fast",
    stream: true,
    who: { key_id: "k", key_name: "laptop", user: "ada", team: "core", project: null, tags: ["a", "b"] },
    route: { name: "fast", strategy: "order", reason: "the name is a route" },
    attempts: [
      {
        ...attempt,
        target: "mistral/small",
        started_after_ms: 1.5,
        duration_ms: 10,
        outcome: "error",
        error: { code: "providers.vendor_failed", message: "It failed." },
      },
      {
        ...attempt,
        target: "mistral/large",
        model: "large",
        status: 200,
        started_after_ms: 20,
        duration_ms: 100.25,
        outcome: "ok",
        error: null,
        span_id: "1111111111111111",
      },
    ],
    answer: { target: "mistral/large", vendor: "mistral", model: "large-2", response_id: "r1", finish_reason: "stop" },
    tokens: { input: 120, output: 30, cache_read: 100, cache_write: 0, reasoning: 0, source: "vendor" },
    cost: { usd_micros: 1234, price_version: "x" },
    timings: { total_ms: 121.25, overhead_ms: 1, first_token_ms: 50, per_output_token_ms: null },
    cache: "off",
    outcome: "ok",
    status: 200,
    error: null,
    ...overrides,
  };
  // Only what is exported.
  return read as CallRecord;
}

export interface Collector {
  url: string;
  taken: { path: string; headers: Headers; bytes: Uint8Array }[];
  /** Answers the next requests; then all are taken. */
  next: Response[];
  close(): Promise<void>;
}

export function startCollector(): Collector {
  const taken: Collector["taken"] = [];
  const next: Response[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const sent = await request.bytes();
      const isPacked = request.headers.get("content-encoding") === "gzip";
      const bytes = isPacked ? Bun.gunzipSync(sent) : sent;
      taken.push({ path: new URL(request.url).pathname, headers: request.headers, bytes });
      return next.shift() ?? new Response();
    },
  });
  return { url: server.url.href.replace(/\/$/, ""), taken, next, close: () => server.stop(true) };
}
