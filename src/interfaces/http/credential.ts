// Who sends a request: an API key in a header, or the console's cookie.
import type { Governance, Principal } from "../../governance/index.ts";
import { type ClientCertificate, type Identity, identityErrors, type Machines } from "../../identity/index.ts";
import { sessionTokenOf, type Site } from "./sign-in/cookies.ts";
import { requireSameOrigin } from "./sign-in/same-origin.ts";

/** What it takes to know who sends a request. */
export interface Callers {
  governance: Governance;
  machines: Machines;
  /** The address that a request comes from; undefined where it is not known. */
  exactAddressOf(request: Request): string | undefined;
  /** The client certificate that a request came with, verified by us or by a proxy that is trusted with it. */
  certificateOf(request: Request): ClientCertificate | undefined;
}

/** Throws `governance.key_*`. For programs alone: what they ask for is nothing that a page of ours shows. */
export function identifyByKey(callers: Callers, request: Request): Promise<Principal> {
  return identifyKey(callers, request, keyFrom(request.headers));
}

/** By a key that does not stand where keys usually stand. */
export function identifyKey(callers: Callers, request: Request, key: string | undefined): Promise<Principal> {
  const certificate = key === undefined ? callers.certificateOf(request) : undefined;
  if (certificate) return identifyCertificate(callers, certificate);
  return identifyCredential(callers, key, () => callers.exactAddressOf(request));
}

/** Async, so that what it throws is a rejection like those of all others. */
async function identifyCertificate({ machines }: Callers, certificate: ClientCertificate): Promise<Principal> {
  return machines.certificates.identify(certificate);
}

/** By a key of ours, or a token of somebody whom the config believes. */
export function identifyCredential(
  { governance, machines }: Pick<Callers, "governance" | "machines">,
  text: string | undefined,
  addressOf: () => string | undefined,
): Promise<Principal> {
  const isToken = text !== undefined && machines.tokens.isToken(text);
  return isToken ? machines.tokens.identify(text) : governance.identify.byKey(text, addressOf);
}

/** What it takes to know who sends a request to the control plane, where people come in too. */
export interface ControlCallers extends Callers, Omit<Site, "identity"> {
  identity: Pick<Identity, "identify" | "sessions" | "publicOrigin" | "breakGlass">;
  /** The caller's address, as limits count it. */
  addressOf(request: Request): string;
}

export interface Caller {
  principal: Principal;
  /** Left out for those who come with a key. */
  session?: Awaited<ReturnType<Identity["identify"]>>["session"];
  token?: string;
}

/** The control plane takes a key or, from its own pages only, the console's session. */
export async function identifyAnyone(callers: ControlCallers, request: Request): Promise<Caller> {
  const { identity, exactAddressOf } = callers;
  const key = keyFrom(request.headers);
  const token = key === undefined ? sessionTokenOf(request, callers) : undefined;
  if (token === undefined) {
    const principal = await identifyKey(callers, request, key);
    identity.breakGlass.see(principal, { what: pathOf(request), address: callers.addressOf(request) });
    return { principal };
  }
  requireOwnPage(request, token, callers);
  return { ...(await identity.identify(token, () => exactAddressOf(request))), token };
}

export async function identify(callers: ControlCallers, request: Request): Promise<Principal> {
  return (await identifyAnyone(callers, request)).principal;
}

/** The model API takes a key or, from the console's own pages only, its session: then the person calls, under their own caps. */
export function identifyModelCaller(callers: ControlCallers, request: Request): Promise<Principal> {
  const key = keyFrom(request.headers);
  const token = key === undefined ? sessionTokenOf(request, callers) : undefined;
  return token === undefined ? identifyKey(callers, request, key) : identifySession(callers, request, token);
}

/** Async, so that what it throws is a rejection like those of all others. */
async function identifySession(callers: ControlCallers, request: Request, token: string): Promise<Principal> {
  requireOwnPage(request, token, callers);
  return (await callers.identity.identify(token, () => callers.exactAddressOf(request))).principal;
}

/** The same, of whom it is certain that they may call: for what is asked beside calls. Throws `governance.not_allowed`. */
export async function identifyCaller(callers: ControlCallers, request: Request): Promise<Principal> {
  return requireCaller(callers, await identifyModelCaller(callers, request));
}

/** By key alone: for files, which a browser would show as what they say they are. */
export async function identifyProgram(callers: Callers, request: Request): Promise<Principal> {
  return requireCaller(callers, await identifyByKey(callers, request));
}

function requireCaller({ governance }: Callers, principal: Principal): Principal {
  governance.rights.require(principal, { action: "call", on: "model", organisation: principal.organisation });
  return principal;
}

/** SameSite=Strict keeps the cookie at home in today's browsers; this keeps it there in the others too. */
function requireOwnPage(request: Request, token: string, callers: ControlCallers): void {
  requireSameOrigin(request, callers);
  if (request.method === "GET" || request.method === "HEAD") return;
  const given = request.headers.get("x-csrf-token") ?? "";
  if (!callers.identity.sessions.isCsrf(token, given)) throw identityErrors.csrf({});
}

const pathOf = (request: Request): string => `${request.method} ${new URL(request.url).pathname}`.slice(0, 200);

/** Undefined where none is shown. */
export function keyFrom(headers: Headers): string | undefined {
  const authorization = headers.get("authorization");
  // Anthropic's and Google's clients have headers of their own.
  if (authorization === null) return headers.get("x-api-key") ?? headers.get("x-goog-api-key") ?? undefined;
  return /^bearer /i.test(authorization) ? authorization.slice(7).trim() : authorization;
}
