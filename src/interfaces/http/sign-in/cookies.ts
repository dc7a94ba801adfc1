// The cookies of signing in: the session's, one that binds a sign-in at a provider to this browser, and one by which a browser is
// known again. Over TLS they bear the prefix that no other host, and no page without TLS, can set.
import type { SignedIn } from "../../../identity/index.ts";

/** Where a request came to, as browsers see it. */
export interface Site {
  /** From the config; null takes it from the request. */
  identity: { publicOrigin: string | null };
  /** Whether a request came through the TLS listener. */
  isEncrypted(request: Request): boolean;
}

const SESSION = "binnacle_session";
const BROWSER = "binnacle_signing_in";
const KNOWN = "binnacle_known";
const SIGNING_IN_S = 3600;
const KNOWN_S = 180 * 86_400;

export function originOf(request: Request, { identity, isEncrypted }: Site): string {
  if (identity.publicOrigin !== null) return identity.publicOrigin;
  const url = new URL(request.url);
  const isSafe = isEncrypted(request) || request.headers.get("x-forwarded-proto") === "https";
  return `${isSafe ? "https:" : url.protocol}//${url.host}`;
}

const isSecure = (request: Request, site: Site): boolean => originOf(request, site).startsWith("https:");

/** Undefined where the browser sends none. */
export function sessionTokenOf(request: Request, site: Site): string | undefined {
  return readCookie(request, nameOf(SESSION, isSecure(request, site)));
}

export const signingInOf = (request: Request, site: Site): string | undefined =>
  readCookie(request, nameOf(BROWSER, isSecure(request, site)));

export const knownBrowserOf = (request: Request, site: Site): string | undefined =>
  readCookie(request, nameOf(KNOWN, isSecure(request, site)));

/** `Set-Cookie`s of somebody who has just signed in. */
export function sessionCookies(
  request: Request,
  site: Site,
  {
    token,
    expiresAtMs,
    knownBrowser,
    nowMs,
  }: Pick<SignedIn, "token" | "expiresAtMs" | "knownBrowser"> & { nowMs: number },
): string[] {
  const secure = isSecure(request, site);
  const ageS = Math.max(0, Math.floor((expiresAtMs - nowMs) / 1000));
  const cookies = [cookie(SESSION, token, { secure, ageS, sameSite: "Strict" })];
  if (knownBrowser !== null) cookies.push(cookie(KNOWN, knownBrowser, { secure, ageS: KNOWN_S, sameSite: "Strict" }));
  return cookies;
}

export const noSessionCookie = (request: Request, site: Site): string =>
  cookie(SESSION, "", { secure: isSecure(request, site), ageS: 0, sameSite: "Strict" });

/** Lax: the browser must send it when a provider sends it back here. */
export const signingInCookie = (request: Request, site: Site, browser: string): string =>
  cookie(BROWSER, browser, {
    secure: isSecure(request, site),
    ageS: browser === "" ? 0 : SIGNING_IN_S,
    sameSite: "Lax",
  });

interface Properties {
  secure: boolean;
  ageS: number;
  sameSite: "Strict" | "Lax";
}

function cookie(name: string, value: string, { secure, ageS, sameSite }: Properties): string {
  const where = secure ? "Path=/; Secure" : "Path=/";
  return `${nameOf(name, secure)}=${value}; ${where}; HttpOnly; SameSite=${sameSite}; Max-Age=${ageS}`;
}

const nameOf = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name);

function readCookie(request: Request, name: string): string | undefined {
  const cookies = request.headers.get("cookie")?.split(/; */) ?? [];
  return cookies.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) || undefined;
}
