// A stand-in for the server, for working on the page and for its tests: the same contract, invented calls. Run it with
//   bun console/dev/mock-server.ts [--port 4180] [--calls 400] [--per-second 1] [--seed 7]
// and sign in with `bk_demo`. It also serves console/dist, under the headers that the real server sends.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { implement, ORPCError } from "@orpc/server";
import { apiContract, type Status } from "../../src/interfaces/contract.ts";
import type { CallDetail } from "../../src/ledger/contract.ts";
import { type GivenCall, inventCall, summaryOf } from "./invent-calls.ts";
import { createRandom } from "./seeded-random.ts";

export const demoKey = "bk_demo";
const cookie = "binnacle_session=demo";
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

export interface MockOptions {
  /** 0, the default, takes any free one. */
  port?: number;
  seed?: number;
  /** Calls on record at the start. */
  calls?: number;
  /** Calls a second that end by themselves. */
  perSecond?: number;
  /** The folder of the built page. */
  files?: string;
}

export interface MockServer {
  url: string;
  port: number;
  /** A call ends now. Returns its id. */
  addCall: (given?: GivenCall) => string;
  setDatabase: (available: boolean) => void;
  stop: () => Promise<void>;
}

interface Desk {
  calls: CallDetail[];
  live: Set<(call: CallDetail) => void>;
  databaseAvailable: boolean;
  startedAtMs: number;
  url: string;
}

export function startMockServer(options: MockOptions = {}): MockServer {
  const random = createRandom(options.seed ?? 7);
  const startedAtMs = Date.now();
  const desk: Desk = { calls: [], live: new Set(), databaseAvailable: true, startedAtMs, url: "" };
  for (let index = 0; index < (options.calls ?? 0); index += 1) {
    desk.calls.push(inventCall(random, startedAtMs - 12_000 - Math.floor(index ** 1.5 * 900 + random() * 900)));
  }
  const addCall: MockServer["addCall"] = (given) => {
    const call = inventCall(random, Date.now(), given);
    call.started_at_ms = Math.floor(Date.now() - call.timings.total_ms);
    desk.calls.unshift(call);
    desk.calls.sort((a, b) => b.started_at_ms - a.started_at_ms);
    for (const send of desk.live) send(call);
    return call.id;
  };
  const handler = new OpenAPIHandler(createRouter(desk));
  const server = Bun.serve({
    port: options.port ?? 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    fetch: (request) => answer(request, handler, options.files ?? join(import.meta.dirname, "../dist")),
  });
  desk.url = server.url.origin;
  const perSecond = options.perSecond ?? 0;
  const timer = perSecond > 0 ? setInterval(addCall, 1000 / perSecond) : undefined;
  return {
    url: desk.url,
    port: server.port ?? 0,
    addCall,
    setDatabase(available) {
      desk.databaseAvailable = available;
    },
    async stop() {
      clearInterval(timer);
      await server.stop(true);
    },
  };
}

async function answer(
  request: Request,
  handler: OpenAPIHandler<Record<never, never>>,
  files: string,
): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === "/api/session") return session(request);
  if (pathname === "/api/sign-in") return Response.json({ ways: [{ kind: "key", name: "key", title: "API key" }] });
  if (!pathname.startsWith("/api/")) return serveFile(files, pathname);
  const isKnown =
    request.headers.get("cookie")?.includes(cookie) || request.headers.get("authorization")?.endsWith(demoKey);
  if (!isKnown) {
    return refuse(
      "governance.no_key",
      "This needs a key, and none came.",
      "Sign in, or send `Authorization: Bearer <key>`.",
    );
  }
  const { response } = await handler.handle(request, { prefix: "/api/v1", context: {} });
  return response ?? new Response("not found", { status: 404 });
}

async function session(request: Request): Promise<Response> {
  if (request.method === "DELETE") {
    const headers = { "set-cookie": `${cookie}; Max-Age=0; Path=/api; HttpOnly; SameSite=Strict` };
    return new Response(null, { status: 204, headers });
  }
  const { key } = (await request.json()) as { key?: unknown };
  if (key !== demoKey) {
    return refuse(
      "governance.wrong_key",
      "This key is not known here.",
      "Check that it was copied whole: a key begins with bk_ and has 52 characters.",
    );
  }
  const headers = { "set-cookie": `${cookie}; Path=/api; HttpOnly; SameSite=Strict` };
  return new Response(null, { status: 204, headers });
}

function refuse(code: string, message: string, fix: string): Response {
  return Response.json({ code, message, fix }, { status: 401 });
}

async function serveFile(folder: string, pathname: string): Promise<Response> {
  const file = Bun.file(join(folder, pathname === "/" ? "index.html" : pathname));
  if (!(await file.exists())) return new Response("not found", { status: 404 });
  const cache = pathname.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
  const headers = {
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": cache,
  };
  return new Response(file, { headers });
}

const DEMO_SESSION = {
  key_id: "key_demo",
  key_name: "first admin key",
  scopes: ["admin" as const],
  kind: "key",
  user: null,
  roles: ["owner" as const],
  organisation: "default",
  csrf_token: null,
  expires_at_ms: null,
};

function createRouter(desk: Desk) {
  const api = implement(apiContract);
  const needDatabase = (): void => {
    if (desk.databaseAvailable) return;
    throw new ORPCError("storage.unavailable", {
      status: 503,
      message: "The database does not answer, so the record cannot be read. Calls go on and are kept in the journal.",
      data: { fix: "Wait: Binnacle connects again by itself. `binnacle doctor` says what is wrong." },
    });
  };
  return {
    status: api.status.handler(() => statusOf(desk)),
    session: { get: api.session.get.handler(() => DEMO_SESSION) },
    calls: {
      list: api.calls.list.handler(({ input }) => {
        needDatabase();
        const from = input.cursor === undefined ? Infinity : Number(input.cursor);
        const found = desk.calls.filter(
          (call, index) =>
            (from === Infinity || index >= from) &&
            (input.until_ms === undefined || call.started_at_ms < input.until_ms) &&
            (input.outcome === undefined || call.outcome === input.outcome) &&
            (input.model === undefined || call.model === input.model),
        );
        const calls = found.slice(0, input.limit);
        const next = found[input.limit];
        return {
          calls: calls.map(summaryOf),
          next_cursor: next === undefined ? null : String(desk.calls.indexOf(next)),
        };
      }),
      live: api.calls.live.handler(async function* ({ signal }) {
        const queue: CallDetail[] = [];
        let wake = (): void => {};
        const send = (call: CallDetail): void => {
          queue.push(call);
          wake();
        };
        desk.live.add(send);
        signal?.addEventListener("abort", () => wake());
        try {
          while (!signal?.aborted) {
            for (let call = queue.shift(); call !== undefined; call = queue.shift()) yield summaryOf(call);
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        } finally {
          desk.live.delete(send);
        }
      }),
      get: api.calls.get.handler(({ input }) => {
        needDatabase();
        const call = desk.calls.find(({ id }) => id === input.id);
        if (call !== undefined) return call;
        throw new ORPCError("ledger.no_such_call", {
          status: 404,
          message: `There is no call ${input.id} on record.`,
          data: { fix: "Check the id; records older than the retention time are gone." },
        });
      }),
    },
  };
}

const NOTHING_CAME = { accepted: 0, rejected: 0, turned_away_requests: 0 };

function statusOf(desk: Desk): Status {
  const away = !desk.databaseAvailable;
  return {
    version: "0.1.0",
    runtime: `Bun ${Bun.version}`,
    pid: process.pid,
    started_at_ms: desk.startedAtMs,
    url: desk.url,
    ready: true,
    boundary: { state: "within", crossed: [] },
    sums: { waiting_minutes: 0, lag_ms: 0, last_error: null },
    telemetry: { traces: NOTHING_CAME, logs: NOTHING_CAME, metrics: NOTHING_CAME },
    database: { kind: "embedded", address: "unix socket", version: away ? null : "18.4", available: !away },
    directory: { revision: 7 },
    ledger: {
      journal_bytes: away ? 1_204_118 : 2048,
      journal_max_bytes: 1_000_000_000,
      pending_records: away ? 412 : 1,
      lag_ms: away ? 48_210 : 14.2,
      projected_records: desk.calls.length,
      last_error: away ? "connection refused" : null,
    },
    calls: { in_flight: 3, max: 512, waiting: 0 },
    workers: [],
    vendors: [
      { name: "sim", dialects: ["openai-chat"], base_url: "sim:", found_by: "built in" },
      { name: "openai", dialects: ["openai-chat"], base_url: "https://api.openai.com/v1", found_by: "OPENAI_API_KEY" },
      { name: "ollama", dialects: ["openai-chat"], base_url: "http://127.0.0.1:11434/v1", found_by: "its usual port" },
    ],
    memory_rss_bytes: 118_000_000,
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4180" },
      calls: { type: "string", default: "400" },
      "per-second": { type: "string", default: "1" },
      seed: { type: "string", default: "7" },
    },
  });
  const { url } = startMockServer({
    port: Number(values.port),
    calls: Number(values.calls),
    perSecond: Number(values["per-second"]),
    seed: Number(values.seed),
  });
  console.log(`${url} · sign in with ${demoKey}`);
}
