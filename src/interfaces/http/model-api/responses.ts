// /v1/responses: answers that are kept, gone on from, and worked out in the background. What a vendor keeps itself is the
// vendor's business: requests for it are passed on.
import type { Hono } from "hono";
import type { Principal } from "../../../governance/index.ts";
import { type CallerRequest, checkRequest } from "../../../providers/index.ts";
import { type Responses, responsesErrors } from "../../../responses/index.ts";
import { identifyByKey } from "../credential.ts";
import { parseJson, readBody } from "../read-body.ts";
import { nativeAt } from "./operations.ts";
import { errorResponse } from "./respond.ts";
import { readPriority, readTrace } from "./read-trace.ts";
import { isStrict, type ModelApiDeps, serveCall } from "./serve-call.ts";

export interface ResponsesDeps extends ModelApiDeps {
  responses: Responses;
}

const DIALECT = "openai-responses";

/** POST /v1/responses. */
export async function serveResponse(request: Request, deps: ResponsesDeps): Promise<Response> {
  const { config, world } = deps;
  const startedMs = world.monotonicMs();
  try {
    const principal = await identifyByKey(deps, request);
    const text = await readBody(request, config.body_bytes_max);
    const asked = await readAsked({ text, request, principal }, deps);
    if (!asked.inBackground) return await serveCall(request, { dialect: DIALECT, read: async () => asked.call }, deps);
    const { headers } = request;
    // Afterwards nobody knows it any more.
    const address = deps.addressOf(request);
    const said = {
      ip: () => address,
      isStrict: isStrict(request),
      priority: readPriority(headers),
      trace: readTrace(headers),
    };
    const header = (name: string): string | null => headers.get(name);
    return Response.json(
      await deps.responses.startInBackground({ principal, request: asked.call, startedMs, header, ...said }),
    );
  } catch (error) {
    return errorResponse(error, world, DIALECT);
  }
}

/** The request with its history, and whether we are to work on it in the background: a vendor of this dialect does so itself. */
async function readAsked(
  { text, request, principal }: { text: string; request: Request; principal: Principal },
  { gateway, responses }: ResponsesDeps,
): Promise<{ call: CallerRequest; inBackground: boolean }> {
  const body = parseJson(text);
  const call = checkRequest(DIALECT, { text, body, headers: request.headers });
  const isTheirs = gateway.speaks(call.model, DIALECT);
  const given = body as Record<string, unknown>;
  const whole = await responses.withHistory(given, principal);
  const unknown = whole["previous_response_id"] ?? whole["conversation"] ?? null;
  if (unknown !== null && isTheirs === false)
    throw responsesErrors.not_found({ id: JSON.stringify(unknown), param: "previous_response_id" });
  const inBackground = whole["background"] === true && isTheirs === false && !call.stream;
  return { call: whole === given ? call : { ...call, text: JSON.stringify(whole) }, inBackground };
}

/** What is asked about a response by its id. */
export function addResponseRoutes(app: Hono, deps: ResponsesDeps, neverIdle: (request: Request) => void): void {
  const { responses } = deps;
  const about =
    (answer: (id: string, principal: Principal) => Promise<unknown>) => async (id: string, request: Request) => {
      try {
        if (!responses.isOurs(id)) return await passOn(request, id, deps);
        return Response.json(await answer(id, await identifyByKey(deps, request)));
      } catch (error) {
        return errorResponse(error, deps.world, DIALECT);
      }
    };
  const routes = [
    ["GET", "/v1/responses/:id", about(responses.find)],
    ["POST", "/v1/responses/:id/cancel", about(responses.cancel)],
    [
      "GET",
      "/v1/responses/:id/input_items",
      about(async (id, principal) => listOf(await responses.inputOf(id, principal))),
    ],
    ["DELETE", "/v1/responses/:id", about((id) => Promise.reject(responsesErrors.kept_by_record({ id })))],
  ] as const;
  for (const [method, path, serve] of routes)
    app.on(method, path, (context) => {
      neverIdle(context.req.raw);
      return serve(context.req.param("id") ?? "", context.req.raw);
    });
}

/** Newest first, as OpenAI lists them. */
function listOf(items: readonly unknown[]) {
  const data = items.toReversed();
  const idOf = (item: unknown) => (item as { id?: string } | undefined)?.id ?? null;
  return { object: "list", data, has_more: false, first_id: idOf(data[0]), last_id: idOf(data.at(-1)) };
}

async function passOn(request: Request, id: string, deps: ResponsesDeps): Promise<Response> {
  const vendor = request.headers.get("x-binnacle-vendor") ?? deps.gateway.vendorSpeaking(DIALECT);
  if (vendor === undefined || !deps.gateway.hasVendor(vendor)) {
    await identifyByKey(deps, request);
    throw responsesErrors.not_found({ id });
  }
  const { pathname, search } = new URL(request.url);
  return serveCall(request, { ...nativeAt(vendor, pathname + search), dialect: DIALECT }, deps);
}
