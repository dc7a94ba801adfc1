// OTLP over HTTP, at the addresses that exporters know: OpenTelemetry's own, and those below which Langfuse, Braintrust and
// Weave have theirs. What a request holds, and whether there is room for it, is telemetry's business.
import type { Hono } from "hono";
import { isAppError, toAppError, type World } from "../../../kernel/index.ts";
import {
  type Encoding,
  grpcCodeOf,
  MEDIA_TYPES,
  type Signal,
  signals,
  type Telemetry,
  telemetryErrors,
  writeOutcome,
  writeStatus,
} from "../../../telemetry/index.ts";
import type { Callers } from "../credential.ts";
import { readBytes } from "../read-body.ts";
import { identifySender } from "./sender.ts";

export interface OtlpDeps extends Pick<Callers, "governance" | "machines"> {
  world: World;
  telemetry: Telemetry;
}

const BASES = ["/v1", "/otel/v1", "/api/public/otel/v1"];

export function addOtlpRoutes(app: Hono, deps: OtlpDeps & Callers): void {
  for (const base of BASES)
    for (const signal of signals)
      app.post(`${base}/${signal}`, (context) => serveExport(context.req.raw, signal, deps));
}

async function serveExport(request: Request, signal: Signal, deps: OtlpDeps & Callers): Promise<Response> {
  const { telemetry } = deps;
  const encoding = encodingOf(request);
  try {
    const sender = await identifySender(deps, request.headers, () => deps.exactAddressOf(request));
    if (encoding === undefined)
      throw telemetryErrors.unknown_type({ type: request.headers.get("content-type")?.slice(0, 100) ?? "" });
    const bytesMax = telemetry.bodyBytesMax;
    const outcome = await telemetry.take({
      signal,
      encoding,
      packing: request.headers.get("content-encoding"),
      statedBytes: statedBytes(request, bytesMax),
      readBody: () => readBytes(request, bytesMax, telemetryErrors.too_large),
      sender,
    });
    return answer(writeOutcome(signal, encoding, outcome), { status: 200, encoding });
  } catch (error) {
    return errorAnswer(error, encoding ?? "json", deps);
  }
}

function encodingOf(request: Request): Encoding | undefined {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type === "application/json") return "json";
  return type === "application/x-protobuf" || type === "application/protobuf" ? "protobuf" : undefined;
}

function statedBytes(request: Request, otherwise: number): number {
  const length = Number(request.headers.get("content-length") ?? Number.NaN);
  return Number.isFinite(length) ? length : otherwise;
}

interface Said {
  status: number;
  encoding: Encoding;
  headers?: Record<string, string>;
}

function answer(body: Uint8Array, { status, encoding, headers }: Said): Response {
  // The type of the bytes would allow memory that is shared with threads; ours never is.
  return new Response(body as Uint8Array<ArrayBuffer>, {
    status,
    headers: { "content-type": MEDIA_TYPES[encoding], "cache-control": "no-store", ...headers },
  });
}

function errorAnswer(thrown: unknown, encoding: Encoding, { world }: OtlpDeps): Response {
  const error = toAppError(thrown);
  if (!isAppError(thrown)) world.log.error({ err: thrown }, "an export failed inside Binnacle");
  const { retryAfterMs } = error;
  const body = writeStatus(encoding, { code: grpcCodeOf(error.status), message: `${error.message} ${error.fix}` });
  const headers: Record<string, string> =
    retryAfterMs === undefined ? {} : { "retry-after": String(Math.ceil(retryAfterMs / 1000)) };
  return answer(body, { status: error.status, encoding, headers });
}
