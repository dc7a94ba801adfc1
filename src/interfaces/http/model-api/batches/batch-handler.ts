// What all routes about files and batches have in common: who asks, errors in the caller's dialect, and requests that are
// for a vendor rather than for us.
import type { Handler } from "hono";
import { type Batches, batchesErrors } from "../../../../batches/index.ts";
import type { Principal } from "../../../../governance/index.ts";
import type { DialectName } from "../../../../providers/index.ts";
import { interfacesErrors } from "../../../errors.ts";
import { identifyProgram } from "../../credential.ts";
import { nativeAt } from "../operations.ts";
import { errorResponse } from "../respond.ts";
import { type ModelApiDeps, serveCall } from "../serve-call.ts";

export interface BatchRoutesDeps extends ModelApiDeps {
  batches: Batches;
  /** Uploads and downloads may take their time. */
  neverIdle(request: Request): void;
}

export interface Asked {
  principal: Principal;
  request: Request;
  /** As the address says it; empty where it says none. */
  id: string;
}

/** Names the vendor that a request about files or batches is passed on to, in that vendor's own words. */
/** Of those who came without a key; a key may belong to a service, too. */
const SERVICE_PREFIX = "service:";
const VENDOR_HEADER = "x-binnacle-vendor";

/** `answer` is called once it is known who asks and that the key may call. */
export function createBatchHandler(
  deps: BatchRoutesDeps,
  dialect: DialectName,
): (answer: (asked: Asked) => Promise<Response>) => Handler {
  const { world } = deps;
  return (answer) => async (context) => {
    const request = context.req.raw;
    deps.neverIdle(request);
    try {
      const vendor = request.headers.get(VENDOR_HEADER);
      if (vendor !== null) return await passOn(request, { vendor, dialect }, deps);
      const principal = await identifyProgram(deps, request);
      // Its lines are worked on when nobody is there who could show a token.
      if (principal.kind === "service" && principal.keyId.startsWith(SERVICE_PREFIX)) throw batchesErrors.needs_key({});
      return await answer({ principal, request, id: context.req.param("id") ?? "" });
    } catch (error) {
      return errorResponse(error, world, dialect);
    }
  };
}

async function passOn(
  request: Request,
  { vendor, dialect }: { vendor: string; dialect: DialectName },
  deps: BatchRoutesDeps,
): Promise<Response> {
  if (!deps.gateway.hasVendor(vendor)) throw interfacesErrors.not_found({ what: "vendor", id: vendor });
  const { pathname, search } = new URL(request.url);
  const config = { ...deps.config, body_bytes_max: deps.batches.files.uploadBytesMax };
  const response = await serveCall(request, { ...nativeAt(vendor, pathname + search), dialect }, { ...deps, config });
  const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  return dialect === "anthropic-messages" && isJson ? withOwnResults(response, request) : response;
}

/** Anthropic says in full where results are. Its clients would go there by themselves, with a key that is ours. */
async function withOwnResults(response: Response, request: Request): Promise<Response> {
  const text = await response.text();
  const ours = text.replace(/("results_url"\s*:\s*")https?:\/\/[^/"]+/g, `$1${originOf(request)}`);
  return new Response(ours, { status: response.status, headers: response.headers });
}

/** As the caller knows this server. */
export function originOf(request: Request): string {
  const { protocol, host } = new URL(request.url);
  const scheme = request.headers.get("x-forwarded-proto") === "https" ? "https:" : protocol;
  return `${scheme}//${host}`;
}
