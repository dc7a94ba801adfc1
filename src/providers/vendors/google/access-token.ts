// Google Cloud wants a short-lived access token: bought with a service account's key, or given by the machine that we run on
// (workload identity). A token is kept until shortly before it ends.
import { importPKCS8, SignJWT } from "jose";
import { z } from "zod";
import type { Fetch, World } from "../../../kernel/index.ts";
import { providersErrors } from "../../errors.ts";
import type { Credential } from "../credentials.ts";

/** The part of a service account's key file that counts. */
const serviceAccountSchema = z.object({
  client_email: z.string().min(1),
  private_key: z.string().includes("PRIVATE KEY"),
  private_key_id: z.string().optional(),
  token_uri: z.url().default("https://oauth2.googleapis.com/token"),
});
export type ServiceAccount = z.output<typeof serviceAccountSchema>;

/** Where a machine in Google's cloud asks who it is. */
const METADATA_URL = "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token";
const SCOPE = "https://www.googleapis.com/auth/cloud-platform";
const LIFETIME_S = 3600;
/** A token that ends so soon is not used any more. */
const MARGIN_MS = 60_000;

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

type GoogleWorld = Pick<World, "nowMs" | "fetch">;

/** Throws `providers.bad_service_account`, which names the reference and not what is in it. */
export function readServiceAccount(name: string, text: string): ServiceAccount {
  try {
    return serviceAccountSchema.parse(JSON.parse(text));
  } catch {
    throw providersErrors.bad_service_account({ name });
  }
}

export function serviceAccountCredential(name: string, account: ServiceAccount, world: GoogleWorld): Credential {
  return tokenCredential(name, world, async () => {
    const body = new URLSearchParams({
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      assertion: await signAssertion(account, world.nowMs()),
    });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return ask(world.fetch, account.token_uri, { method: "POST", headers, body: body.toString() });
  });
}

export function workloadIdentityCredential(world: GoogleWorld, url = METADATA_URL): Credential {
  return tokenCredential("workload identity", world, () =>
    ask(world.fetch, url, { method: "GET", headers: { "metadata-flavor": "Google" } }),
  );
}

async function signAssertion(account: ServiceAccount, nowMs: number): Promise<string> {
  const issuedAtS = Math.floor(nowMs / 1000);
  return new SignJWT({ scope: SCOPE })
    .setProtectedHeader({ alg: "RS256", ...(account.private_key_id && { kid: account.private_key_id }) })
    .setIssuer(account.client_email)
    .setAudience(account.token_uri)
    .setIssuedAt(issuedAtS)
    .setExpirationTime(issuedAtS + LIFETIME_S)
    .sign(await importPKCS8(account.private_key, "RS256"));
}

async function ask(send: Fetch, url: string, init: { method: string; headers: Record<string, string>; body?: string }) {
  const answer = await send(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(TOKEN_TIMEOUT_MS) });
  const text = await answer.text();
  if (answer.status !== 200)
    throw providersErrors.no_access_token({ url, detail: `${answer.status} ${text.slice(0, 200)}` });
  const token = tokenSchema.safeParse(JSON.parse(text));
  if (!token.success) throw providersErrors.no_access_token({ url, detail: "its answer holds no access_token" });
  return token.data;
}

const TOKEN_TIMEOUT_MS = 10_000;

interface Kept {
  headers: Record<string, string>;
  usableUntilMs: number;
}

function tokenCredential(
  name: string,
  world: GoogleWorld,
  buy: () => Promise<z.output<typeof tokenSchema>>,
): Credential {
  let kept: Kept | undefined;
  // Calls that come while a token is bought wait for that one.
  let buying: Promise<Kept> | undefined;

  async function renew(): Promise<Kept> {
    const askedMs = world.nowMs();
    const { access_token, expires_in } = await buy();
    return {
      headers: { authorization: `Bearer ${access_token}` },
      usableUntilMs: askedMs + expires_in * 1000 - MARGIN_MS,
    };
  }

  return {
    name,
    authorize() {
      if (kept && world.nowMs() < kept.usableUntilMs) return kept.headers;
      buying ??= renew()
        .then((bought) => (kept = bought))
        .finally(() => (buying = undefined));
      return buying.then(({ headers }) => headers);
    },
  };
}
