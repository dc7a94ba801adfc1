// The HTTP server: which path goes where, how connections end, and nothing else.
import { Hono } from "hono";
import type { Server } from "bun";
import type { Batches } from "../../batches/index.ts";
import type { World } from "../../kernel/index.ts";
import { formatFor, type MetricsFormat, metricsTypes } from "../../observability/index.ts";
import type { Responses } from "../../responses/index.ts";
import { sleep } from "../../kernel/index.ts";
import { interfacesErrors } from "../errors.ts";
import { createCallerAddress } from "./caller-address.ts";
import { createConsoleFiles } from "./pages/console-files.ts";
import { type ControlPlaneDeps, createControlPlane } from "./control-plane/control-plane.ts";
import { identifyByKey } from "./credential.ts";
import { renderDocsPage } from "./pages/docs-page.ts";
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
import { readBody } from "./read-body.ts";
import { serveExport } from "./records/export-records.ts";
import { serveImport } from "./records/import-records.ts";
import { addSignInRoutes } from "./sign-in/routes.ts";

export interface HttpDeps extends ModelApiDeps, Omit<ControlPlaneDeps, "closing"> {
  batches: Batches;
  responses: Responses;
  /** Built console files; the page is left out where the folder is missing. */
  consoleFolder: string;
  isReady(): boolean;
  /** Prometheus text. */
  metrics(format: MetricsFormat): Promise<string>;
}

export interface HttpServer {
  /** Listens. Throws `interfaces.port_taken` or `interfaces.cannot_listen`. */
  start(): { url: string; port: number };
  /** Stops taking connections, lets calls in flight end within the grace, then cuts them. */
  close(): Promise<void>;
}

type BunServer = Server<CallerSocketData>;
type Routed = HttpDeps & ControlPlaneDeps;

const NATIVE_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const CONTROL_BODY_BYTES_MAX = 1024 * 1024;

export function createHttpServer(given: Omit<HttpDeps, "addressOf">): HttpServer {
  let server: BunServer | undefined;
  const deps: HttpDeps = {
    ...given,
    addressOf: createCallerAddress({
      trustedProxies: given.config.trusted_proxies,
      peerOf: (request) => server?.requestIP(request)?.address,
    }),
  };
  const closing = new AbortController();
  const realtime = createRealtimeDoor(deps);
  const app = createRoutes({ ...deps, closing: closing.signal }, (request) => server?.timeout(request, 0));
  return {
    start() {
      server = listen(deps, app, realtime);
      return { url: server.url.href.replace(/\/$/, ""), port: server.port ?? 0 };
    },
    async close() {
      if (!server) return;
      closing.abort();
      realtime.close();
      const stopped = server.stop();
      await Promise.race([stopped, sleep(deps.config.shutdown_grace)]);
      await server.stop(true);
    },
  };
}

function createRoutes(deps: Routed, neverIdle: (request: Request) => void): Hono {
  const { governance, gateway, world } = deps;
  const app = new Hono();
  for (const path of ["/v1/models", "/v1beta/models"]) {
    app.get(path, (context) => serveModels(context.req.raw, undefined, deps));
    app.get(`${path}/:id{.+}`, (context) => serveModels(context.req.raw, context.req.param("id"), deps));
  }
  addOllamaRoutes(app, deps);
  addResponseRoutes(app, deps, neverIdle);
  addOpenAiBatchRoutes(app, { ...deps, neverIdle });
  addAnthropicBatchRoutes(app, { ...deps, neverIdle });
  addOtlpRoutes(app, deps);
  addControlPlane(app, deps, neverIdle);
  app.get("/healthz", () => new Response("alive\n"));
  app.get("/readyz", () => (deps.isReady() ? new Response("ready\n") : new Response("not ready\n", { status: 503 })));
  app.get("/metrics", async (context) => {
    governance.require(await identifyByKey(governance, context.req.raw.headers), "read");
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
  app.all("/api/v1/*", async (context) => {
    if (context.req.path === "/api/v1/calls/live") neverIdle(context.req.raw);
    return (await controlPlane(await boundBody(context.req.raw))) ?? notFound(context.req.raw, deps.world);
  });
}

/** The request with its body read, within a bound: the library behind the contracts has none of its own. */
async function boundBody(request: Request): Promise<Request> {
  if (request.body === null) return request;
  const body = await readBody(request, CONTROL_BODY_BYTES_MAX);
  return new Request(request.url, { method: request.method, headers: request.headers, body, signal: request.signal });
}

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
      routes: { ...createModelRoutes(deps), "/v1/realtime": { GET: realtime.upgrade } },
      websocket: realtime.websocket,
      fetch: app.fetch,
      // Each route reads its body within its own bound and says so in words (read-body.ts); Bun's wall has none.
      maxRequestBodySize: Number.MAX_SAFE_INTEGER,
      idleTimeout: Math.min(255, Math.ceil(idle_timeout / 1000)),
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
