// The addresses of signing in, which are open to everybody: each proves who asks by itself.
import type { Context, Hono } from "hono";
import { orProblem, orProblemPage, type SignInDeps, signOut } from "./answer.ts";
import { signInByKey } from "./key.ts";
import {
  beginInvitedPasskey,
  beginPasskey,
  readInvitation,
  signInByInvitation,
  signInByInvitedPasskey,
  signInByPasskey,
  signInByPassword,
} from "./proofs.ts";
import { arriveSaml, beginAtProvider, endByProvider, finishOidc, finishSaml, showSamlMetadata } from "./providers.ts";

type Handler = (request: Request, deps: SignInDeps) => Promise<Response>;

const POSTS: Record<string, Handler> = {
  "/api/session": signInByKey,
  "/api/sign-in/password": signInByPassword,
  "/api/sign-in/invitation": signInByInvitation,
  "/api/sign-in/invitation/read": readInvitation,
  "/api/sign-in/invitation/passkey/begin": beginInvitedPasskey,
  "/api/sign-in/invitation/passkey": signInByInvitedPasskey,
  "/api/sign-in/passkey/begin": beginPasskey,
  "/api/sign-in/passkey": signInByPasskey,
};

export function addSignInRoutes(app: Hono, deps: SignInDeps): void {
  for (const [path, handle] of Object.entries(POSTS))
    app.post(path, (context) => orProblem(deps, () => handle(context.req.raw, deps)));
  app.delete("/api/session", (context) => orProblem(deps, () => signOut(context.req.raw, deps)));
  app.get("/api/sign-in", async () =>
    Response.json({ ways: await deps.identity.ways() }, { headers: { "cache-control": "no-store" } }),
  );

  const page = (work: (request: Request, name: string) => Promise<Response>) => (context: Context) =>
    orProblemPage(deps, () => work(context.req.raw, context.req.param("name") ?? ""));
  app.get(
    "/api/sign-in/oidc/:name",
    page((request, name) => beginAtProvider(request, { kind: "oidc", name }, deps)),
  );
  app.get(
    "/api/sign-in/saml/:name",
    page((request, name) => beginAtProvider(request, { kind: "saml", name }, deps)),
  );
  app.get(
    "/api/sign-in/oidc/:name/callback",
    page((request, name) => finishOidc(request, name, deps)),
  );
  app.post(
    "/api/sign-in/saml/:name/callback",
    page((request, name) => arriveSaml(request, name, deps)),
  );
  app.get(
    "/api/sign-in/saml/:name/finish",
    page((request, name) => finishSaml(request, name, deps)),
  );
  app.get("/api/sign-in/saml/:name/metadata", (context) =>
    orProblem(deps, () => Promise.resolve(showSamlMetadata(context.req.raw, context.req.param("name"), deps))),
  );
  app.post("/api/sign-in/oidc/:name/logout", (context) =>
    orProblem(deps, () => endByProvider(context.req.raw, context.req.param("name"), deps)),
  );
}
