// The console's sign-in: a key for a cookie, and out again.
import { z } from "zod";
import type { AuditWriter } from "../../audit/index.ts";
import { toAppError } from "../../kernel/index.ts";
import { parseJson, readBody } from "./read-body.ts";
import { actorOf, noteOrTell } from "./audit/audited.ts";
import type { Sources } from "./sources.ts";
import { type Callers, identifyKey, sessionCookie } from "./credential.ts";

const BODY_BYTES_MAX = 4096;
const bodySchema = z.object({ key: z.string() });

export async function signIn(
  request: Request,
  { lifetimeMs, isEncrypted, audit, ...callers }: Callers & Encrypted & { lifetimeMs: number; audit: AuditWriter },
): Promise<Response> {
  try {
    const body = bodySchema.safeParse(parseJson(await readBody(request, BODY_BYTES_MAX)));
    const { governance } = callers;
    const principal = await identifyKey(callers, request, body.success ? body.data.key.trim() : undefined);
    const { organisation } = principal;
    governance.rights.require(principal, { action: "read_status", on: "organisation", organisation });
    const actor = actorOf(principal);
    await noteOrTell(audit, { action: "session.open", actor, resource: { type: "session", id: "" }, outcome: "ok" });
    const cookie = sessionCookie(governance.sessions.issue(principal.keyId), {
      isSecure: isSecure(request, { isEncrypted }),
      maxAgeMs: lifetimeMs,
    });
    return new Response(null, { status: 204, headers: { "set-cookie": cookie, "cache-control": "no-store" } });
  } catch (thrown) {
    const { status, code, message, fix } = toAppError(thrown);
    return Response.json({ code, message, fix }, { status });
  }
}

export function signOut(request: Request, encrypted: Encrypted): Response {
  const cookie = sessionCookie("", { isSecure: isSecure(request, encrypted), maxAgeMs: 0 });
  return new Response(null, { status: 204, headers: { "set-cookie": cookie } });
}

type Encrypted = Pick<Sources, "isEncrypted">;

function isSecure(request: Request, { isEncrypted }: Encrypted): boolean {
  return (
    isEncrypted(request) || request.url.startsWith("https:") || request.headers.get("x-forwarded-proto") === "https"
  );
}
