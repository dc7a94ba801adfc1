// A server that speaks the real contract, with what a test wants it to hold, on a free port of this machine.
import { OpenAPIHandler } from "@orpc/openapi/fetch";
import type {
  CacheFeedback,
  CachePurge,
  CacheState,
  Explain,
  RouteChanged,
  RouteView,
  TargetHealth,
} from "../../../gateway/contract.ts";
import type { Applied, Apply, BudgetView, CreateKey, Entry, Exported, Key } from "../../../governance/contract.ts";
import type { CallDetail, CallQuery, CallSummary, ScoreView } from "../../../ledger/contract.ts";
import type { BoundaryView } from "../../../observability/contract.ts";
import type { ModelView } from "../../../providers/contract.ts";
import type { Status } from "../../contract.ts";
import { type FakeAlerts, fakeAlertRoutes, sampleAlerts } from "./fake-alerts.ts";
import { createDoor, GOOD_KEY, refusal } from "./fake-door.ts";
import { type AskedEntry, fakeEntries, sampleCounts, sampleEntry } from "./fake-entries.ts";
import { sampleChange, sampleExplanation, sampleRoute, sampleTargets, sampleVersions } from "./sample-route.ts";
import type { MetricPoint, MetricView } from "../../../telemetry/contract.ts";
import { type AskedScore, fakeScores } from "./fake-scores.ts";
import { sampleBoundary } from "./sample-boundary.ts";
import { sampleCall, summaryOf } from "./sample-call.ts";
import { fakeTraces } from "./sample-trace.ts";

export { GOOD_KEY };

export interface FakeContent {
  calls: CallDetail[];
  keys: Key[];
  budgets: BudgetView[];
  alerts: FakeAlerts;
  /** Users, teams and projects alike. */
  entries: Entry[];
  applied: Applied;
  exported: Exported;
  models: ModelView[];
  routes: RouteView[];
  targets: TargetHealth[];
  /** What a change of a route comes to, tried or done. */
  changed(name: string): RouteChanged;
  status: Status;
  boundary: BoundaryView;
  scores: ScoreView[];
  metrics: { metrics: MetricView[]; points: MetricPoint[] };
  cache: CacheState;
  /** What each connection to the live view gets, one after the other; a connection ends after its calls. */
  live: (() => AsyncGenerator<CallSummary>)[];
  /** Answers POST /v1/chat/completions. */
  chat(body: unknown, request: Request): Response | Promise<Response>;
}

export interface FakeServer {
  url: string;
  content: FakeContent;
  /** What was asked of it: list queries, keys to create, answers to purge, plans to explain, routes and entries to change. */
  asked: {
    lists: CallQuery[];
    created: CreateKey[];
    purged: CachePurge[];
    judged: CacheFeedback[];
    explained: Explain[];
    changes: Record<string, unknown>[];
    entries: AskedEntry[];
    applied: Apply[];
    /** Lists of records, traces, sessions and users. */
    found: Record<string, unknown>[];
    scores: AskedScore[];
  };
  stop(): Promise<void>;
}

export function startFakeServer(changes: Partial<FakeContent> = {}): FakeServer {
  const content: FakeContent = { ...emptyContent(), ...changes };
  const asked: FakeServer["asked"] = {
    lists: [],
    created: [],
    purged: [],
    judged: [],
    explained: [],
    changes: [],
    entries: [],
    applied: [],
    found: [],
    scores: [],
  };
  const handler = new OpenAPIHandler(createRouter(content, asked));
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: async (request) => {
      if (new URL(request.url).pathname === "/v1/chat/completions") return content.chat(await request.json(), request);
      const { response } = await handler.handle(request, { prefix: "/api/v1", context: { request } });
      return response ?? new Response("nothing here", { status: 404 });
    },
  });
  return { url: `http://127.0.0.1:${server.port}`, content, asked, stop: () => server.stop(true) };
}

function fakeKeys(os: ReturnType<typeof createDoor>, content: FakeContent, asked: FakeServer["asked"]) {
  const key = (id: string): Key => find(content.keys, id);
  return {
    // Whoever looks for one is told of one key an answer.
    list: os.keys.list.handler(({ input: { find, cursor = "0" } }) => {
      if (find === undefined) return { keys: content.keys, next_cursor: null };
      const next = Number(cursor) + 1;
      return {
        keys: content.keys.slice(next - 1, next).filter(({ name }) => name.includes(find)),
        next_cursor: next < content.keys.length ? String(next) : null,
      };
    }),
    create: os.keys.create.handler(({ input }) => {
      asked.created.push(input);
      return { ...sampleKey(), ...input, organisation: input.organisation ?? "default", secret: "bk_secret" };
    }),
    update: os.keys.update.handler(({ input: { id, ...changes } }) => {
      const said = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      return { ...key(id), ...said };
    }),
    rotate: os.keys.rotate.handler(({ input }) => ({
      ...key(input.id),
      previous_until_ms: new Date(2026, 10, 22).getTime() + input.overlap_ms,
      secret: "bk_other",
    })),
    revoke: os.keys.revoke.handler(({ input }) => ({ ...key(input.id), revoked_at_ms: 1 })),
  };
}

function fakeBoundary(os: ReturnType<typeof createDoor>, content: FakeContent) {
  return {
    get: os.boundary.get.handler(() => content.boundary),
    history: os.boundary.history.handler(() => ({ minutes: [] })),
  };
}

function fakeMetrics(os: ReturnType<typeof createDoor>, content: FakeContent["metrics"]) {
  return {
    list: os.telemetry.list.handler(() => ({ metrics: content.metrics, next_cursor: null })),
    points: os.telemetry.points.handler(() => ({ points: content.points, next_cursor: null })),
  };
}

function fakeRoutes(os: ReturnType<typeof createDoor>, content: FakeContent, asked: FakeServer["asked"]) {
  return {
    list: os.routes.list.handler(() => ({ routes: content.routes })),
    explain: os.routes.explain.handler(({ input }) => {
      asked.explained.push(input);
      return sampleExplanation(input.times);
    }),
    get: os.routes.get.handler(({ input }) => routeOf(content, input.name)),
    put: os.routes.put.handler(({ input }) => {
      asked.changes.push({ ...input });
      return content.changed(input.name);
    }),
    delete: os.routes.delete.handler(({ input: { params, query } }) => {
      asked.changes.push({ ...params, ...query });
      return { deleted: params.name };
    }),
    history: os.routes.history.handler(({ input }) => ({ versions: sampleVersions().slice(0, input.limit) })),
    restore: os.routes.restore.handler(({ input }) => {
      asked.changes.push({ ...input });
      return content.changed(input.name);
    }),
  };
}

function createRouter(content: FakeContent, asked: FakeServer["asked"]) {
  const os = createDoor();
  const deps = { entries: content.entries, asked: asked.entries };
  // Not `os.router`, which asks for every route there is: tests of the command line need those that its commands use.
  return {
    status: os.status.handler(() => content.status),
    calls: {
      list: os.calls.list.handler(({ input }) => {
        asked.lists.push(input);
        return { calls: content.calls.slice(0, input.limit).map(summaryOf), next_cursor: null };
      }),
      get: os.calls.get.handler(({ input }) => find(content.calls, input.id)),
      live: os.calls.live.handler(async function* () {
        const next = content.live.shift();
        if (!next) throw refusal(403, { message: "No more calls in this test.", fix: "None." });
        yield* next();
      }),
    },
    ...withScores(fakeTraces(os, asked.found), fakeScores(os.records, { scores: content.scores, asked: asked.scores })),
    models: os.models.handler(() => ({ models: content.models, total: content.models.length })),
    ...fakeAlertRoutes(os, content.alerts),
    budgets: os.budgets.handler(() => ({ budgets: content.budgets, next_cursor: null })),
    boundary: fakeBoundary(os, content),
    telemetry: fakeMetrics(os, content.metrics),
    vendors: os.vendors.handler(() => ({ vendors: content.status.vendors })),
    vendorLimits: os.vendorLimits.handler(() => ({ limits: [] })),
    targets: os.targets.handler(() => ({ targets: content.targets })),
    routes: fakeRoutes(os, content, asked),
    cache: {
      state: os.cache.state.handler(() => content.cache),
      purge: os.cache.purge.handler(({ input }) => {
        asked.purged.push(input);
        return { memory: 2, database: 5 };
      }),
      feedback: os.cache.feedback.handler(({ input }) => {
        asked.judged.push(input);
        return { counted: asked.judged.length === 1 };
      }),
    },
    keys: fakeKeys(os, content, asked),
    users: fakeEntries("user", os.users, deps),
    teams: fakeEntries("team", os.teams, deps),
    projects: fakeEntries("project", os.projects, deps),
    organisations: fakeEntries("organisation", os.organisations, deps),
    apply: os.apply.handler(({ input }) => {
      asked.applied.push(input);
      return { ...content.applied, dry_run: input.dry_run };
    }),
    export: os.export.handler(() => content.exported),
    session: {
      get: os.session.get.handler(() => ({
        key_id: "k",
        key_name: "ci",
        scopes: ["admin"],
        organisation: "default",
        is_installation: true,
        actions: ["call", "read_status"],
        sees: { records: "organisation", bodies: "organisation", figures: "organisation" },
        operations: ["status"],
        kind: "key",
        user: null,
        roles: ["owner"],
        csrf_token: null,
        expires_at_ms: null,
      })),
    },
  };
}

const withScores = <Traces extends { records: object }, Scores>(traces: Traces, scores: Scores) => ({
  ...traces,
  records: { ...traces.records, scores },
});

function routeOf(content: FakeContent, name: string): RouteView {
  return find(
    content.routes.map((route) => ({ ...route, id: route.name })),
    name,
  );
}

function find<T extends { id: string }>(things: T[], id: string): T {
  const found = things.find((thing) => thing.id === id);
  if (!found) throw refusal(404, { message: `There is no ${JSON.stringify(id)}.`, fix: "Lists show the ids." });
  return found;
}

export function sampleKey(): Key {
  return {
    id: "0aB1cD2eF3gH",
    name: "ci",
    organisation: "default",
    scopes: ["call"],
    roles: null,
    kind: "key",
    user: "ada",
    team: null,
    project: null,
    disabled: false,
    budgets: [],
    limits: [],
    models: null,
    allowed_ips: null,
    parent: null,
    created_by: null,
    last_used_at_ms: null,
    previous_until_ms: null,
    created_at_ms: new Date(2026, 10, 1).getTime(),
    expires_at_ms: null,
    revoked_at_ms: null,
  };
}

export function sampleModel(): ModelView {
  return {
    id: "sim/sim-small",
    vendor: "sim",
    kind: "model",
    targets: ["sim/sim-small"],
    priced: true,
    input_usd_per_million: 0.15,
    output_usd_per_million: 0.6,
    context_tokens: 128_000,
    output_tokens_max: 16_384,
    capabilities: ["tools", "json_schema"],
  };
}

function emptyContent(): FakeContent {
  return {
    calls: [sampleCall()],
    keys: [sampleKey()],
    alerts: sampleAlerts(),
    budgets: [],
    entries: [sampleEntry()],
    applied: { dry_run: false, revision: 7, changes: [], counts: sampleCounts(), secrets: {} },
    exported: { state: {}, revision: 7, left_out: [] },
    models: [sampleModel()],
    routes: [sampleRoute()],
    targets: sampleTargets(),
    changed: sampleChange,
    boundary: sampleBoundary(),
    scores: [],
    metrics: { metrics: [], points: [] },
    cache: {
      enabled: true,
      memory: { entries: 2, bytes: 4096, bytes_max: 67_108_864 },
      database: { available: true, entries: 5, bytes: 20_480, pending_bytes: 0, unwritten: 0, slow_reads: 0 },
      calls: { hit: 30, semantic: 2, joined: 4, partial: 1, miss: 12, refreshed: 0, bypassed: 3 },
      saved_usd_micros: 1_250_000,
      semantic: { questions: 7, without_vector: 0, judged_right: 3, judged_wrong: 1 },
    },
    status: {
      version: "0.1.0",
      runtime: "Bun 1.4.5",
      pid: 4242,
      started_at_ms: new Date(2026, 10, 21, 14).getTime(),
      url: "http://127.0.0.1:4100",
      ready: true,
      database: { kind: "embedded", address: "127.0.0.1:5432", version: "18.4", available: true },
      ledger: {
        journal_bytes: 2048,
        journal_max_bytes: 1024 ** 3,
        pending_records: 0,
        lag_ms: 0,
        projected_records: 7,
        last_error: null,
      },
      sums: { waiting_minutes: 0, lag_ms: 0, last_error: null },
      directory: { revision: 7 },
      boundary: { state: "within", crossed: [] },
      calls: { in_flight: 1, max: 2000, waiting: 0 },
      telemetry: {
        traces: { accepted: 1200, rejected: 3, turned_away_requests: 1 },
        logs: { accepted: 40, rejected: 0, turned_away_requests: 0 },
        metrics: { accepted: 7, rejected: 0, turned_away_requests: 0 },
      },
      vendors: [{ name: "sim", dialects: ["openai-chat"], base_url: "sim:", found_by: "built in" }],
      memory_rss_bytes: 64 * 1024 ** 2,
      workers: [],
    },
    live: [],
    chat: () => Response.json({ error: { message: "No chat in this test." } }, { status: 500 }),
  };
}
