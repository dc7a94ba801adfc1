// Signing in and out. The key is traded for an HttpOnly cookie, so no script of this page can read it again.
import { explainError, type Problem } from "./explain-error.ts";

/** Null when signed in, else why not. */
export async function signIn(key: string): Promise<Problem | null> {
  return send("POST", JSON.stringify({ key }));
}

/** Null when signed out, else why not. */
export async function signOut(): Promise<Problem | null> {
  return send("DELETE");
}

async function send(method: string, body?: string): Promise<Problem | null> {
  try {
    const headers = { "content-type": "application/json" };
    const response = await fetch("/api/session", {
      method,
      headers,
      credentials: "same-origin",
      ...(body !== undefined && { body }),
    });
    if (response.ok) return null;
    return explainError({ status: response.status, data: { body: await readJson(response) } });
  } catch (error) {
    return explainError(error);
  }
}

async function readJson(response: Response): Promise<unknown> {
  return response.json().catch(() => null);
}
