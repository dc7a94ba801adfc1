// /scim/v2: identity providers provision people and groups, with a key that may do that and nothing else. Errors are SCIM's.
import type { Hono } from "hono";
import { type Machines, scimErrorBody } from "../../identity/index.ts";
import { isAppError, toAppError, type World } from "../../kernel/index.ts";
import { OWN_ORGANISATION } from "../../policy/index.ts";
import { type Callers, identifyByKey } from "./credential.ts";
import { interfacesErrors } from "../errors.ts";
import { parseJson, readBody } from "./read-body.ts";

export interface ScimDoorDeps extends Callers {
  machines: Machines;
  world: World;
}

const BASE = "/scim/v2";
const MEDIA_TYPE = "application/scim+json";

export function addScimRoutes(app: Hono, deps: ScimDoorDeps): void {
  app.all(`${BASE}/*`, (context) => serveScim(context.req.raw, deps));
}

async function serveScim(request: Request, deps: ScimDoorDeps): Promise<Response> {
  const { governance, machines, world } = deps;
  try {
    const principal = await identifyByKey(deps, request);
    governance.require(principal, "scim");
    // It lands in the installation's own directory; tenants' keys, whatever they may at home, provision nobody here.
    if (principal.organisation !== OWN_ORGANISATION)
      governance.rights.require(principal, {
        action: "change_people",
        on: "installation",
        organisation: OWN_ORGANISATION,
      });
    const url = new URL(request.url);
    const { scim } = machines;
    const { status, body, headers } = await scim.answer({
      method: request.method,
      path: decodePath(url.pathname.slice(BASE.length)),
      query: url.searchParams,
      body: async () => parseJson(await readBody(request, scim.bodyBytesMax)),
      ifMatch: request.headers.get("if-match"),
      ifNoneMatch: request.headers.get("if-none-match"),
      baseUrl: `${url.origin}${BASE}`,
      organisation: principal.organisation,
    });
    return answer(status, body, headers);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (!isAppError(thrown)) world.log.error({ err: thrown }, "a request by SCIM failed inside Binnacle");
    const { retryAfterMs } = error;
    const headers = retryAfterMs === undefined ? undefined : { "retry-after": String(Math.ceil(retryAfterMs / 1000)) };
    return answer(error.status, scimErrorBody(error.status, `${error.message} ${error.fix}`), headers);
  }
}

/** Throws `interfaces.no_such_path` for what is no address. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw interfacesErrors.no_such_path({ method: "…", path }, cause);
  }
}

function answer(status: number, body: object | undefined, headers?: Record<string, string>): Response {
  const all = { "content-type": MEDIA_TYPE, "cache-control": "no-store", ...headers };
  return new Response(body === undefined ? null : JSON.stringify(body), { status, headers: all });
}
