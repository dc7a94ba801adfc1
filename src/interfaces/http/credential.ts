// Who sends a request: an API key in a header, or the console's cookie.
import type { Governance, Principal } from "../../governance/index.ts";
import { type Identity, identityErrors } from "../../identity/index.ts";
import { sessionTokenOf, type Site } from "./sign-in/cookies.ts";
import { requireSameOrigin } from "./sign-in/same-origin.ts";

/** Throws `governance.key_*`. The model API takes keys only; its callers are programs. */
export function identifyByKey(governance: Governance, headers: Headers): Promise<Principal> {
  return governance.identify.byKey(keyFrom(headers));
}

export interface IdentifyDeps {
  governance: Governance;
  identity: Pick<Identity, "identify" | "sessions" | "publicOrigin" | "breakGlass">;
  /** The caller's address, as limits count it. */
  addressOf(request: Request): string;
}

export type Identified = Awaited<ReturnType<Identity["identify"]>>;

export interface Caller {
  principal: Principal;
  /** Left out for those who come with a key. */
  session?: Identified["session"];
  token?: string;
}

/** The control plane takes a key or, from its own pages only, the console's session. */
export async function identifyCaller(deps: IdentifyDeps, request: Request): Promise<Caller> {
  const { governance, identity } = deps;
  const key = keyFrom(request.headers);
  const token = key === undefined ? sessionTokenOf(request, identity) : undefined;
  if (token === undefined) {
    const principal = await governance.identify.byKey(key);
    identity.breakGlass.see(principal, { what: pathOf(request), address: deps.addressOf(request) });
    return { principal };
  }
  requireOwnPage(request, token, identity);
  return { ...(await identity.identify(token)), token };
}

export async function identify(deps: IdentifyDeps, request: Request): Promise<Principal> {
  return (await identifyCaller(deps, request)).principal;
}

/** SameSite=Strict keeps the cookie at home in today's browsers; this keeps it there in the others too. */
function requireOwnPage(request: Request, token: string, identity: IdentifyDeps["identity"]): void {
  const site: Site = identity;
  requireSameOrigin(request, site);
  if (request.method === "GET" || request.method === "HEAD") return;
  if (!identity.sessions.isCsrf(token, request.headers.get("x-csrf-token") ?? "")) throw identityErrors.csrf({});
}

const pathOf = (request: Request): string => `${request.method} ${new URL(request.url).pathname}`.slice(0, 200);

/** Undefined where none is shown. */
export function keyFrom(headers: Headers): string | undefined {
  const authorization = headers.get("authorization");
  // Anthropic's and Google's clients have headers of their own.
  if (authorization === null) return headers.get("x-api-key") ?? headers.get("x-goog-api-key") ?? undefined;
  return /^bearer /i.test(authorization) ? authorization.slice(7).trim() : authorization;
}
