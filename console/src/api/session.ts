// Signing in and out. Whatever proves who the reader is goes to the server once, for an HttpOnly cookie that no script of this page
// can read.
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import type { SignInWay } from "../../../src/identity/contract.ts";
import { explainError, type Problem } from "./explain-error.ts";

/** Null when signed in, else why not. */
export const signIn = (key: string): Promise<Problem | null> => problemOf(() => send("POST", "/api/session", { key }));

/** Null when signed out, else why not. */
export const signOut = (): Promise<Problem | null> => problemOf(() => send("DELETE", "/api/session"));

/** What the sign-in page may offer. */
export async function readWays(): Promise<SignInWay[]> {
  const { ways } = (await send("GET", "/api/sign-in")) as { ways: SignInWay[] };
  return ways;
}

export const signInByPassword = (name: string, password: string): Promise<Problem | null> =>
  problemOf(() => send("POST", "/api/sign-in/password", { name, password }));

/** Whom an invitation is for. */
export async function readInvitation(token: string): Promise<string> {
  const { user } = (await send("POST", "/api/sign-in/invitation/read", { token })) as { user: string };
  return user;
}

export const acceptInvitation = (token: string, password: string): Promise<Problem | null> =>
  problemOf(() => send("POST", "/api/sign-in/invitation", { token, password }));

export const hasPasskeys = (): boolean => "PublicKeyCredential" in globalThis;

/** Few sign in so, and all would wait for it. */
const loadPasskeys = () => import("@simplewebauthn/browser");

export const signInByPasskey = (): Promise<Problem | null> =>
  problemOf(async () => {
    const options = await send("POST", "/api/sign-in/passkey/begin", {});
    const { startAuthentication } = await loadPasskeys();
    // As the server's library makes them for the browser's.
    const answer = await startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON });
    await send("POST", "/api/sign-in/passkey", { answer });
  });

export const acceptInvitationByPasskey = (token: string, name: string): Promise<Problem | null> =>
  problemOf(async () => {
    const options = await send("POST", "/api/sign-in/invitation/passkey/begin", { token });
    await send("POST", "/api/sign-in/invitation/passkey", { token, name, answer: await makePasskey(options) });
  });

/** What the browser makes of the server's options. */
export async function makePasskey(options: unknown): Promise<object> {
  const { startRegistration } = await loadPasskeys();
  return startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON });
}

/** What of the browser's own objections is told: most come of a reader who thought better of it. */
export function explainPasskey(error: unknown): Problem {
  const isBrowser = error instanceof Error && (error.name === "NotAllowedError" || error.name === "AbortError");
  if (!isBrowser) return explainError(error);
  return {
    kind: "refused",
    code: "console.no_passkey",
    message: "The browser gave no passkey.",
    fix: "It was called off, or this device has none for this address. Try again, or sign in another way.",
  };
}

async function problemOf(work: () => Promise<unknown>): Promise<Problem | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return explainPasskey(error);
  }
}

/** The answer's JSON; null where there is none. Throws what `explainError` explains. */
async function send(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(path, {
    method,
    headers: { "content-type": "application/json" },
    credentials: "same-origin",
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const said = (await response.json().catch(() => null)) as unknown;
  if (response.ok) return said;
  throw Object.assign(new Error(`status ${response.status}`), { status: response.status, data: { body: said } });
}
