// Sign-in at a provider: the browser goes there and comes back. Nothing that it brings decides where it goes next.
import { randomToken, safePath } from "../../../identity/index.ts";
import { readBody } from "../read-body.ts";
import { fromOf, letInAt, redirectTo, type SignInDeps } from "./answer.ts";
import { originOf, signingInCookie, signingInOf } from "./cookies.ts";

const FORM_BYTES_MAX = 1024 * 1024;
const LOGOUT_BYTES_MAX = 64 * 1024;

export async function beginAtProvider(
  request: Request,
  { kind, name }: { kind: "oidc" | "saml"; name: string },
  deps: SignInDeps,
): Promise<Response> {
  const { identity } = deps;
  // One for all sign-ins that this browser has under way, in several tabs perhaps.
  const browser = signingInOf(request, deps) ?? randomToken();
  const returnTo = safePath(new URL(request.url).searchParams.get("return_to"));
  const { url } = await identity[kind].begin(name, { origin: originOf(request, deps), browser, returnTo });
  const response = redirectTo(url);
  response.headers.append("set-cookie", signingInCookie(request, deps, browser));
  return response;
}

export async function finishOidc(request: Request, name: string, deps: SignInDeps): Promise<Response> {
  const answer = { url: new URL(request.url), browser: signingInOf(request, deps) };
  return letInAt(request, deps, await deps.identity.signIn.byOidc(name, answer, fromOf(request, deps)));
}

/** A post from the provider's page: cookies stay behind, so the browser is sent on to `finishSaml`, where they are sent. */
export async function arriveSaml(request: Request, name: string, deps: SignInDeps): Promise<Response> {
  const form = new URLSearchParams(await readBody(request, FORM_BYTES_MAX));
  const relay = form.get("RelayState") ?? undefined;
  const origin = originOf(request, deps);
  const code = await deps.identity.saml.arrive(name, { response: form.get("SAMLResponse") ?? "", relay, origin });
  return redirectTo(`/api/sign-in/saml/${encodeURIComponent(name)}/finish?code=${code}`);
}

export async function finishSaml(request: Request, name: string, deps: SignInDeps): Promise<Response> {
  const code = new URL(request.url).searchParams.get("code");
  const answer = { code, browser: signingInOf(request, deps) };
  return letInAt(request, deps, await deps.identity.signIn.bySaml(name, answer, fromOf(request, deps)));
}

export async function showSamlMetadata(request: Request, name: string, deps: SignInDeps): Promise<Response> {
  const headers = { "content-type": "application/samlmetadata+xml", "x-content-type-options": "nosniff" };
  return new Response(await deps.identity.saml.metadata(name, originOf(request, deps)), { headers });
}

/** From the provider's server, without cookies: what it says is proven by its token alone. */
export async function endByProvider(
  request: Request,
  name: string,
  { identity, world }: SignInDeps,
): Promise<Response> {
  const form = new URLSearchParams(await readBody(request, LOGOUT_BYTES_MAX));
  const { provider, subject, session } = await identity.oidc.readLogout(name, form.get("logout_token") ?? "");
  const ended = await identity.sessions.endOfProvider({ provider, subject, session });
  world.log.info({ provider, ended }, "a provider ended sessions");
  return new Response(null, { status: 200, headers: { "cache-control": "no-store" } });
}
