// How requests of the sign-in page are read, and answered: in JSON for its script, and as a page where a browser comes back itself.
import { html, raw } from "hono/html";
import type { z } from "zod";
import type { From, Identity, SignedIn } from "../../../identity/index.ts";
import { isAppError, toAppError, type World } from "../../../kernel/index.ts";
import { SECURITY_HEADERS } from "../pages/console-files.ts";
import { parseJson, readBody } from "../read-body.ts";
import { noSessionCookie, sessionCookies, sessionTokenOf, signingInCookie, type Site } from "./cookies.ts";
import { requireSameOrigin } from "./same-origin.ts";

export interface SignInDeps extends Site {
  identity: Identity;
  world: World;
  addressOf(request: Request): string;
  exactAddressOf(request: Request): string | undefined;
}

const BODY_BYTES_MAX = 64 * 1024;
const NO_STORE = { "cache-control": "no-store" };

/** Throws `governance.cross_site`, `interfaces.body_too_large` and `interfaces.not_json`; what does not fit is left out. */
export async function readOwn<T>(request: Request, deps: SignInDeps, schema: z.ZodType<T>): Promise<T | undefined> {
  requireSameOrigin(request, deps);
  return schema.safeParse(parseJson(await readBody(request, BODY_BYTES_MAX))).data;
}

export const fromOf = (request: Request, { addressOf, exactAddressOf }: SignInDeps): From => ({
  agent: request.headers.get("user-agent") ?? "",
  address: addressOf(request),
  exactAddress: exactAddressOf(request),
});

/** A session of before is over: whoever left it in this browser does not share the new one. */
async function endBefore(request: Request, deps: SignInDeps): Promise<void> {
  const { identity, world } = deps;
  const before = sessionTokenOf(request, deps);
  if (before === undefined) return;
  await identity.sessions.end(before).catch((err: unknown) => world.log.debug({ err }, "a session was not ended"));
}

export async function letIn(request: Request, deps: SignInDeps, signedIn: SignedIn): Promise<Response> {
  await endBefore(request, deps);
  const response = new Response(null, { status: 204, headers: NO_STORE });
  addCookies(response, cookiesFor(request, deps, signedIn));
  return response;
}

/** For a browser that comes back from a provider: on to where it was going. */
export async function letInAt(request: Request, deps: SignInDeps, signedIn: SignedIn): Promise<Response> {
  await endBefore(request, deps);
  const response = redirectTo(signedIn.returnTo);
  response.headers.append("set-cookie", signingInCookie(request, deps, ""));
  addCookies(response, cookiesFor(request, deps, signedIn));
  return response;
}

const cookiesFor = (request: Request, deps: SignInDeps, signedIn: SignedIn): string[] =>
  sessionCookies(request, deps, { ...signedIn, nowMs: deps.world.nowMs() });

function addCookies(response: Response, cookies: readonly string[]): void {
  for (const each of cookies) response.headers.append("set-cookie", each);
}

export const redirectTo = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, ...NO_STORE, "referrer-policy": "no-referrer" } });

export async function signOut(request: Request, deps: SignInDeps): Promise<Response> {
  requireSameOrigin(request, deps);
  await endBefore(request, deps);
  const headers = { "set-cookie": noSessionCookie(request, deps), ...NO_STORE };
  return new Response(null, { status: 204, headers });
}

/** For the page's script. */
export async function orProblem(deps: SignInDeps, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (thrown) {
    const { status, code, message, fix, retryAfterMs } = problemOf(thrown, deps);
    return Response.json({ code, message, fix }, { status, headers: { ...NO_STORE, ...retryHeader(retryAfterMs) } });
  }
}

/** For a browser that shows what it gets. */
export async function orProblemPage(deps: SignInDeps, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (thrown) {
    const { status, code, message, fix, retryAfterMs } = problemOf(thrown, deps);
    const page = html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>Not signed in · Binnacle</title>
          ${raw(`<style>${STYLE}</style>`)}
        </head>
        <body>
          <main>
            <h1>Not signed in</h1>
            <p role="alert">${message}</p>
            <p>${fix}</p>
            <p><a href="/">Back to the sign-in page</a></p>
            <p><small>${code}</small></p>
          </main>
        </body>
      </html>`;
    const headers = {
      ...SECURITY_HEADERS,
      "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'`,
      "content-type": "text/html; charset=utf-8",
      ...NO_STORE,
      ...retryHeader(retryAfterMs),
    };
    return new Response(String(await page), { status, headers });
  }
}

function problemOf(thrown: unknown, { world }: SignInDeps) {
  if (!isAppError(thrown)) world.log.error({ err: thrown }, "a sign-in failed inside Binnacle");
  else if (thrown.status !== 401 || thrown.cause !== undefined)
    world.log.info({ code: thrown.code, why: thrown.message }, "a sign-in was refused");
  return toAppError(thrown);
}

const retryHeader = (retryAfterMs: number | undefined): Record<string, string> =>
  retryAfterMs === undefined ? {} : { "retry-after": String(Math.ceil(retryAfterMs / 1000)) };

const STYLE =
  ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0}main{max-width:34rem;margin:12vh auto 0;padding:0 1.5rem}h1{font-size:1.4rem}";
const STYLE_HASH = new Bun.CryptoHasher("sha256").update(STYLE).digest("base64");
