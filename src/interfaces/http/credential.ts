// Who sends a request: an API key in a header, or the console's cookie.
import type { Governance, Principal } from "../../governance/index.ts";
import { governanceErrors } from "../../governance/index.ts";
import type { ClientCertificate, Machines } from "../../identity/index.ts";

const COOKIE = "binnacle_session";

/** What it takes to know who sends a request. */
export interface Callers {
  governance: Governance;
  machines: Machines;
  /** The address that a request comes from; undefined where it is not known. */
  exactAddressOf(request: Request): string | undefined;
  /** The client certificate that a request came with, verified by us or by a proxy that is trusted with it. */
  certificateOf(request: Request): ClientCertificate | undefined;
}

/** Throws `governance.key_*`. The model API takes keys only; its callers are programs. */
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

/** The same, of whom it is certain that they may call: for what is asked beside calls. Throws `governance.not_allowed`. */
export async function identifyCaller(callers: Callers, request: Request): Promise<Principal> {
  const principal = await identifyByKey(callers, request);
  callers.governance.rights.require(principal, { action: "call", on: "model", organisation: principal.organisation });
  return principal;
}

/** The control plane takes a key or, from its own pages only, the console's session. */
export async function identify(callers: Callers, request: Request): Promise<Principal> {
  const { governance, exactAddressOf } = callers;
  const key = keyFrom(request.headers);
  const token = key === undefined ? cookieFrom(request.headers) : undefined;
  if (token === undefined) return identifyKey(callers, request, key);
  // SameSite=Strict keeps the cookie at home in today's browsers; this keeps it there in the others too.
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") throw governanceErrors.cross_site({});
  return governance.identify.byKeyId(governance.sessions.read(token), () => exactAddressOf(request));
}

/** `Set-Cookie` for a signed-in console; an empty token signs out. */
export function sessionCookie(token: string, options: { isSecure: boolean; maxAgeMs: number }): string {
  const age = token === "" ? 0 : Math.floor(options.maxAgeMs / 1000);
  return `${COOKIE}=${token}; Path=/api; HttpOnly; SameSite=Strict; Max-Age=${age}${options.isSecure ? "; Secure" : ""}`;
}

/** Undefined where none is shown. */
export function keyFrom(headers: Headers): string | undefined {
  const authorization = headers.get("authorization");
  // Anthropic's and Google's clients have headers of their own.
  if (authorization === null) return headers.get("x-api-key") ?? headers.get("x-goog-api-key") ?? undefined;
  return /^bearer /i.test(authorization) ? authorization.slice(7).trim() : authorization;
}

function cookieFrom(headers: Headers): string | undefined {
  const cookies = headers.get("cookie")?.split("; ") ?? [];
  return cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) || undefined;
}
