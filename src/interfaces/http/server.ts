// The HTTP server: which path goes where, how connections end, and nothing else.
import { Hono } from "hono";
import type { Server } from "bun";
import type { Batches } from "../../batches/index.ts";
import type { World } from "../../kernel/index.ts";
import { formatFor, type MetricsFormat, metricsTypes } from "../../observability/index.ts";
import { OWN_ORGANISATION } from "../../policy/index.ts";
import type { Responses } from "../../responses/index.ts";
import { sleep } from "../../kernel/index.ts";
import { interfacesErrors } from "../errors.ts";
import { auditDeletions } from "./audit/deletions.ts";
import { addAuditRoutes } from "./audit/routes.ts";
import { createConsoleFiles } from "./pages/console-files.ts";
import { type ControlPlaneDeps, createControlPlane } from "./control-plane/control-plane.ts";
import { identifyByKey } from "./credential.ts";
import { addApprovalLinks } from "./pages/approval-links.ts";
import { renderDocsPage } from "./pages/docs-page.ts";
import { asksForPage, serveReportPage } from "./pages/report-page.ts";
import { serveModels } from "./model-api/models.ts";
import { addAnthropicBatchRoutes } from "./model-api/batches/anthropic-routes.ts";
import { addOpenAiBatchRoutes } from "./model-api/batches/open-ai-routes.ts";
import { createModelRoutes } from "./model-api/model-routes.ts";
import { addOllamaRoutes } from "./model-api/ollama.ts";
import { nativeAt } from "./model-api/operations.ts";
import { type CallerSocketData, createRealtimeDoor, type RealtimeDoor } from "./model-api/realtime.ts";
import { addResponseRoutes } from "./model-api/responses.ts";
import { addOtlpRoutes } from "./otlp/routes.ts";
import { errorResponse } from "./model-api/respond.ts";
import { type ModelApiDeps, serveCall } from "./model-api/serve-call.ts";
import { openApiDocument } from "./openapi.ts";
import { parseJson, readBody } from "./read-body.ts";
import { serveExport } from "./records/export-records.ts";
import { serveImport } from "./records/import-records.ts";
import { addScimRoutes } from "./scim.ts";
import { fencedHandler, fencedRoutes } from "./inner-listener.ts";
import { addSecurityHeaders, transportHeaders } from "./security-headers.ts";
import { createSources, type Sources } from "./sources.ts";
import { createTlsFront } from "../tls/front.ts";
import { addSignInRoutes } from "./sign-in/routes.ts";

export interface HttpDeps extends Omit<ModelApiDeps, "identity">, Sources, Omit<ControlPlaneDeps, "closing"> {
  batches: Batches;
  responses: Responses;
  /** Built console files; the page is left out where the folder is missing. */
  consoleFolder: string;
  isReady(): boolean;
  /** Prometheus text. */
  metrics(format: MetricsFormat): Promise<string>;
}

export interface HttpServer {
  /** Listens. Throws `interfaces.port_taken`, `interfaces.cannot_listen` and `interfaces.tls_file`. */
  start(): Promise<{ url: string; port: number; tlsPort: number | null }>;
  /** Stops taking connections, lets calls in flight end within the grace, then cuts them. */
  close(): Promise<void>;
}

type BunServer = Server<CallerSocketData>;
type Routed = HttpDeps & ControlPlaneDeps;

const NATIVE_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const WHOLE = { on: "installation", organisation: OWN_ORGANISATION } as const;
const CONTROL_BODY_BYTES_MAX = 1024 * 1024;
/** A shorter body cannot nest deep. */
const DEPTH_LOOKED_AT = 200;

export function createHttpServer(given: Omit<HttpDeps, keyof Sources>): HttpServer {
  let server: BunServer | undefined;
  let inner: BunServer | undefined;
  const { tls } = given.config;
  // As the first process began: the config may have changed since.
  const isFronted = given.peers.number === 1 || given.peers.tlsPort !== null;
  const front = tls && isFronted ? createTlsFront(tls, given) : undefined;
  const sources = createSources(given.config, {
    peerOf: (request) => (server ?? inner)?.requestIP(request),
    frontedAt: (port) => front?.find(port),
  });
  const deps: HttpDeps = { ...given, ...sources };
  const closing = new AbortController();
  const realtime = createRealtimeDoor(deps);
  const app = createRoutes({ ...deps, closing: closing.signal }, (request) => server?.timeout(request, 0));
  return {
    async start() {
      let tlsPort: number | null = null;
      if (front) {
        inner = listenInside(deps, app, realtime);
        tlsPort = (await front.start(inner.port ?? 0)).port;
      }
      server = listen(deps, app, realtime);
      return { url: server.url.href.replace(/\/$/, ""), port: server.port ?? 0, tlsPort };
    },
    async close() {
      closing.abort();
      realtime.close();
      front?.close();
      if (!server && !inner) return;
      const stopped = Promise.all([server?.stop(), inner?.stop()]);
      await Promise.race([stopped, sleep(deps.config.shutdown_grace)]);
      front?.cut();
      await Promise.all([server?.stop(true), inner?.stop(true)]);
    },
  };
}

function createRoutes(deps: Routed, neverIdle: (request: Request) => void): Hono {
  const { governance, gateway, world } = deps;
  const app = new Hono();
  app.use(addSecurityHeaders);
  for (const path of ["/v1/models", "/v1beta/models"]) {
    app.get(path, (context) => serveModels(context.req.raw, undefined, deps));
    app.get(`${path}/:id{.+}`, (context) => serveModels(context.req.raw, context.req.param("id"), deps));
  }
  auditDeletions(app, deps);
  addOllamaRoutes(app, deps);
  addResponseRoutes(app, deps, neverIdle);
  addOpenAiBatchRoutes(app, { ...deps, neverIdle });
  addAnthropicBatchRoutes(app, { ...deps, neverIdle });
  addOtlpRoutes(app, deps);
  addScimRoutes(app, deps);
  addAuditRoutes(app, deps);
  addControlPlane(app, deps, neverIdle);
  addApprovalLinks(app, deps.approvals);
  app.get("/healthz", () => new Response("alive\n"));
  app.get("/readyz", () => (deps.isReady() ? new Response("ready\n") : new Response("not ready\n", { status: 503 })));
  app.get("/metrics", async (context) => {
    const principal = await identifyByKey(deps, context.req.raw);
    governance.rights.require(principal, { ...WHOLE, action: "read_figures" });
    const format = formatFor(context.req.header("accept") ?? null);
    return new Response(await deps.metrics(format), { headers: { "content-type": metricsTypes[format] } });
  });
  app.on(NATIVE_METHODS, "/:vendor/*", (context, next) => {
    const vendor = context.req.param("vendor");
    if (!gateway.hasVendor(vendor)) return next();
    neverIdle(context.req.raw);
    const { pathname, search } = new URL(context.req.url);
    return serveCall(context.req.raw, nativeAt(vendor, pathname.slice(vendor.length + 1) + search), deps);
  });
  const consoleFile = createConsoleFiles(deps.consoleFolder);
  app.get("*", (context) => consoleFile(context.req.raw, context.req.path) ?? notFound(context.req.raw, world));
  app.notFound((context) => notFound(context.req.raw, world));
  app.onError((error) => errorResponse(error, world));
  return app;
}

function addControlPlane(app: Hono, deps: Routed, neverIdle: (request: Request) => void): void {
  const controlPlane = createControlPlane(deps);
  app.get("/api/openapi.json", async () => Response.json(await openApiDocument()));
  app.get("/api/docs", async () => renderDocsPage(await openApiDocument()));
  addSignInRoutes(app, deps);
  app.get("/api/v1/records/export", (context) => {
    neverIdle(context.req.raw);
    return serveExport(context.req.raw, deps);
  });
  app.post("/api/v1/records/import", (context) => {
    neverIdle(context.req.raw);
    return serveImport(context.req.raw, { ...deps, bytesMax: deps.config.import_bytes_max });
  });
  app.get("/api/v1/compliance/*", async (context, next) => {
    neverIdle(context.req.raw);
    if (!asksForPage(context.req.raw)) return next();
    return (await serveReportPage(context.req.raw, { ...deps, controlPlane })) ?? notFound(context.req.raw, deps.world);
  });
  app.all("/api/v1/*", async (context) => {
    if (context.req.path === "/api/v1/calls/live") neverIdle(context.req.raw);
    return (await controlPlane(await boundBody(context.req.raw, deps))) ?? notFound(context.req.raw, deps.world);
  });
}

/** The request with its body read, within a bound: the library behind the contracts has none of its own. */
async function boundBody(request: Request, { sameAs }: Pick<Sources, "sameAs">): Promise<Request> {
  if (request.body === null) return request;
  const body = await readBody(request, CONTROL_BODY_BYTES_MAX);
  const { method, headers, signal } = request;
  // What nests too deep is refused before the library behind the contracts walks through it.
  if (body.length > DEPTH_LOOKED_AT && isJson(headers)) parseJson(body);
  const copy = new Request(request.url, { method, headers, body, signal });
  sameAs(copy, request);
  return copy;
}

const isJson = (headers: Headers): boolean => headers.get("content-type")?.includes("json") ?? false;

function notFound(request: Request, world: World): Response {
  return errorResponse(
    interfacesErrors.no_such_path({ method: request.method, path: new URL(request.url).pathname }),
    world,
  );
}

function listen(deps: HttpDeps, app: Hono, realtime: RealtimeDoor): BunServer {
  const { host, port, idle_timeout } = deps.config;
  const isShared = deps.peers.count > 1;
  try {
    // Who shares a port is not told when a stranger shares it, too: another installation on this machine, say.
    if (isShared && deps.peers.number === 1) void Bun.serve({ hostname: host, port, fetch: app.fetch }).stop(true);
    return Bun.serve({
      hostname: host,
      port,
      reusePort: isShared,
      routes: routesOf(deps, realtime),
      websocket: realtime.websocket,
      fetch: app.fetch,
      ...bounds(idle_timeout),
    });
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "EADDRINUSE") throw interfacesErrors.port_taken({ host, port }, cause);
    throw interfacesErrors.cannot_listen(
      { host, port, why: cause instanceof Error ? cause.message : String(cause) },
      cause,
    );
  }
}

/** On loopback, for the TLS front: for connections that came through it, and no others. */
function listenInside(deps: HttpDeps, app: Hono, realtime: RealtimeDoor): BunServer {
  const { noteFronted, config } = deps;
  const fence = { noteFronted, headers: transportHeaders(config.tls) };
  return Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    routes: fencedRoutes(routesOf(deps, realtime), fence),
    websocket: realtime.websocket,
    fetch: fencedHandler((request, server: BunServer) => app.fetch(request, server), fence),
    ...bounds(config.idle_timeout),
  });
}

function routesOf(deps: HttpDeps, realtime: RealtimeDoor) {
  return { ...createModelRoutes(deps), "/v1/realtime": { GET: realtime.upgrade } };
}

function bounds(idleTimeoutMs: number) {
  return {
    // Each route reads its body within its own bound and says so in words (read-body.ts); Bun's wall has none.
    maxRequestBodySize: Number.MAX_SAFE_INTEGER,
    idleTimeout: Math.min(255, Math.ceil(idleTimeoutMs / 1000)),
  };
}
