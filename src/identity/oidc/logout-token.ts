// Back-channel logout: a provider says, by a signed token, whose sessions are over (OpenID Connect Back-Channel Logout 1.0).
import { type JWTPayload, jwtVerify } from "jose";
import type { World } from "../../kernel/index.ts";
import { isAppError } from "../../kernel/index.ts";
import { identityErrors } from "../errors.ts";
import type { OnceStore } from "../store/once-store.ts";
import type { OidcConfig } from "./config.ts";
import type { Provider } from "./provider.ts";

export interface EndedElsewhere {
  provider: string;
  subject: string | undefined;
  session: string | undefined;
}

const EVENT = "http://schemas.openid.net/event/backchannel-logout";
/** Older ones are no news. */
const AGE_MAX_MS = 300_000;
const LENGTH_MAX = 20_000;

export interface LogoutReader {
  /** Throws `identity.logout_refused` and `identity.provider_down`. */
  read(provider: Provider, token: string): Promise<EndedElsewhere>;
}

export interface LogoutDeps {
  once: OnceStore;
  world: Pick<World, "nowMs">;
}

export function createLogoutReader(
  { clock_skew }: Pick<OidcConfig, "clock_skew">,
  { once, world }: LogoutDeps,
): LogoutReader {
  return {
    async read(provider, token) {
      const { name } = provider.config;
      const claims = await verify(provider, token, { nowMs: world.nowMs(), skewMs: clock_skew });
      const isNew = await once.isNew(
        "logout_token",
        `${name}:${claims.jti}`,
        world.nowMs() + AGE_MAX_MS + 2 * clock_skew,
      );
      if (!isNew) throw refused("it came before");
      const { sub, sid } = claims;
      return { provider: `oidc:${name}`, subject: sub, session: typeof sid === "string" ? sid : undefined };
    },
  };
}

async function verify(
  provider: Provider,
  token: string,
  { nowMs, skewMs }: { nowMs: number; skewMs: number },
): Promise<JWTPayload> {
  if (token.length > LENGTH_MAX) throw refused("it is too long");
  const { issuer } = (await provider.discover()).serverMetadata();
  const keys = await provider.keys();
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience: provider.config.client_id,
      algorithms: provider.config.algorithms,
      currentDate: new Date(nowMs),
      clockTolerance: Math.ceil(skewMs / 1000),
      maxTokenAge: AGE_MAX_MS / 1000,
      requiredClaims: ["iat", "jti", "events"],
    });
    requireLogout(payload, protectedHeader.typ);
    return payload;
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    throw refused(cause instanceof Error ? cause.message : "it does not hold", cause);
  }
}

/** An ID token, signed by the same provider for the same client, must not do. */
function requireLogout(claims: JWTPayload, type: string | undefined): void {
  const events = claims["events"];
  const event = typeof events === "object" && events !== null ? (events as Record<string, unknown>)[EVENT] : undefined;
  if (type !== undefined && !/^(application\/)?(logout\+jwt|jwt)$/i.test(type)) throw refused(`its type is ${type}`);
  if (typeof event !== "object" || event === null) throw refused("it is about something else");
  if (claims["nonce"] !== undefined) throw refused("it carries a nonce, as ID tokens do");
  if (typeof claims.jti !== "string") throw refused("it has no id");
  if (typeof claims.sub !== "string" && typeof claims["sid"] !== "string") throw refused("it names nobody");
}

function refused(why: string, cause?: unknown): Error {
  return identityErrors.logout_refused({ why: why.slice(0, 200) }, cause);
}
