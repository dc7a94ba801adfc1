// The ways in which the page itself proves who somebody is: password, invitation, passkey.
import { z } from "zod";
import { identityErrors } from "../../../identity/index.ts";
import { fromOf, letIn, readOwn, type SignInDeps } from "./answer.ts";
import { knownBrowserOf, originOf } from "./cookies.ts";

const name = z.string().trim().min(1).max(100);
const token = z.string().min(1).max(500);
const password = z.string().min(1).max(2000);

const passwordSchema = z.object({ name, password });
const invitationSchema = z.object({ token, password });
const tokenSchema = z.object({ token });
const answerSchema = z.looseObject({ id: z.string() });
const passkeySchema = z.object({ answer: answerSchema });
const invitedPasskeySchema = z.object({ token, answer: answerSchema, name });

function required<T>(given: T | undefined): T {
  if (given === undefined) throw identityErrors.invalid({ why: "a field is missing, or is not what it should be" });
  return given;
}

export async function signInByPassword(request: Request, deps: SignInDeps): Promise<Response> {
  const given = required(await readOwn(request, deps, passwordSchema));
  const known = knownBrowserOf(request, deps);
  return letIn(request, deps, await deps.identity.signIn.byPassword({ ...given, known }, fromOf(request, deps)));
}

export async function signInByInvitation(request: Request, deps: SignInDeps): Promise<Response> {
  const given = required(await readOwn(request, deps, invitationSchema));
  return letIn(request, deps, await deps.identity.signIn.byInvitation(given, fromOf(request, deps)));
}

/** Whom an invitation is for; it stays good. */
export async function readInvitation(request: Request, deps: SignInDeps): Promise<Response> {
  const given = required(await readOwn(request, deps, tokenSchema));
  return Response.json({ user: (await deps.identity.invitations.read(given.token)).user });
}

export async function beginInvitedPasskey(request: Request, deps: SignInDeps): Promise<Response> {
  const given = required(await readOwn(request, deps, tokenSchema));
  const { user } = await deps.identity.invitations.read(given.token);
  return Response.json(await deps.identity.passkeys.beginRegistration(user, originOf(request, deps)));
}

export async function signInByInvitedPasskey(request: Request, deps: SignInDeps): Promise<Response> {
  const given = required(await readOwn(request, deps, invitedPasskeySchema));
  const origin = originOf(request, deps);
  const from = fromOf(request, deps);
  return letIn(request, deps, await deps.identity.signIn.byInvitedPasskey({ ...given, origin }, from));
}

export async function beginPasskey(request: Request, deps: SignInDeps): Promise<Response> {
  await readOwn(request, deps, z.object({}));
  return Response.json(await deps.identity.passkeys.beginSignIn(originOf(request, deps)));
}

export async function signInByPasskey(request: Request, deps: SignInDeps): Promise<Response> {
  const { answer } = required(await readOwn(request, deps, passkeySchema));
  const origin = originOf(request, deps);
  return letIn(request, deps, await deps.identity.signIn.byPasskey(answer, origin, fromOf(request, deps)));
}
