// Sessions: an opaque random text in a cookie, whose hash finds them. A session is believed for a moment without asking, so what is
// ended anywhere is over everywhere within that moment; and for some minutes longer while PostgreSQL is away.
import { LRUCache } from "lru-cache";
import { isAppError, newId, type World } from "../../kernel/index.ts";
import type { RoleName } from "../../policy/contract.ts";
import { identityErrors } from "../errors.ts";
import { isSame, randomToken, sealOf } from "../secrets.ts";
import type { FoundSession, ProviderSession, SessionStore, StoredSession, Who } from "../store/session-store.ts";
import type { WithDatabase } from "../../storage/index.ts";
import type { SessionsConfig } from "./config.ts";

/** Of the request that a session begins with. */
export interface From {
  /** The browser's own account of itself. */
  agent: string;
  /** As limits count it. */
  address: string;
  exactAddress?: string | undefined;
}

export interface Opening extends Who {
  roles: readonly RoleName[];
  /** `key`, `password`, `passkey`, `invitation`, `oidc:NAME` or `saml:NAME`. */
  way: string;
  provider?: ProviderSession;
}

export interface Opened {
  /** For the cookie. */
  token: string;
  expiresAtMs: number;
}

export interface Sessions {
  open(opening: Opening, from: From): Promise<Opened>;
  /** Throws `identity.session_over`, or `identity.unavailable` where that cannot be known now. */
  find(token: string): Promise<FoundSession>;
  /** What a change must carry beside the cookie. */
  csrfOf(token: string): string;
  isCsrf(token: string, given: string): boolean;
  list(who: Who): Promise<StoredSession[]>;
  end(token: string): Promise<void>;
  /** Throws `identity.session_unknown`. */
  endById(who: Who, id: string): Promise<void>;
  endAll(who: Who, exceptId?: string): Promise<number>;
  endOfProvider(session: ProviderSession): Promise<number>;
}

export interface SessionsDeps {
  store: SessionStore;
  world: Pick<World, "nowMs" | "monotonicMs" | "log">;
  withDatabase: WithDatabase;
  secret: string;
  lifetimeMs: number;
}

interface Known {
  session: FoundSession;
  askedAtMs: number;
}

const AGENT_LENGTH_MAX = 200;

export function createSessions(config: SessionsConfig, deps: SessionsDeps): Sessions {
  const { store, world, withDatabase, secret } = deps;
  const known = new LRUCache<string, Known>({ max: config.known_max });
  const hashOf = (token: string): string => sealOf(token, secret);
  const csrfOf = (token: string): string => sealOf(`csrf:${token}`, secret);
  const forget = <T>(ended: T): T => {
    known.clear();
    return ended;
  };

  async function ask(hash: string): Promise<FoundSession> {
    const last = known.get(hash);
    const nowMs = world.monotonicMs();
    if (last && nowMs - last.askedAtMs < config.believed_for) return last.session;
    try {
      const session = await withDatabase(() => store.find(hash));
      if (!session) {
        known.delete(hash);
        throw identityErrors.session_over({ why: "it was ended, or never was" });
      }
      known.set(hash, { session, askedAtMs: nowMs });
      return session;
    } catch (error) {
      const isAway = isAppError(error) && error.code === "identity.unavailable";
      if (isAway && last && nowMs - last.askedAtMs < config.stale_for) return last.session;
      throw error;
    }
  }

  return {
    open: (opening, from) =>
      withDatabase(async () => {
        const token = randomToken();
        const session = sessionOf(opening, from, {
          hash: hashOf(token),
          nowMs: world.nowMs(),
          lifetimeMs: deps.lifetimeMs,
        });
        await store.insert(session, config.per_person_max);
        return { token, expiresAtMs: session.expires_at_ms };
      }),
    async find(token) {
      const session = await ask(hashOf(token));
      const nowMs = world.nowMs();
      if (session.expires_at_ms <= nowMs)
        throw identityErrors.session_over({ why: "it lasted as long as sessions may" });
      if (nowMs - session.seen_at_ms > config.idle)
        throw identityErrors.session_over({ why: "it was not used for long" });
      await see(session, config, deps);
      return session;
    },
    csrfOf,
    isCsrf: (token, given) => isSame(given, csrfOf(token)),
    list: (who) => withDatabase(() => store.list(who, world.nowMs())),
    end: async (token) => void forget(await withDatabase(() => store.end(hashOf(token)))),
    async endById(who, id) {
      if (!forget(await withDatabase(() => store.endById(who, id)))) throw identityErrors.session_unknown({ id });
    },
    endAll: async (who, exceptId) => forget(await withDatabase(() => store.endAll(who, exceptId))),
    endOfProvider: async (session) => forget(await withDatabase(() => store.endOfProvider(session))),
  };
}

async function see(session: StoredSession, config: SessionsConfig, { world, store }: SessionsDeps): Promise<void> {
  const nowMs = world.nowMs();
  if (nowMs - session.seen_at_ms < Math.min(config.seen_every, config.idle / 4)) return;
  session.seen_at_ms = nowMs;
  await store.touch(session.hash, nowMs).catch((err: unknown) => world.log.debug({ err }, "a session was not touched"));
}

interface Making {
  hash: string;
  nowMs: number;
  lifetimeMs: number;
}

function sessionOf(
  { kind, who, way, roles, provider }: Opening,
  { agent, address }: From,
  { hash, nowMs, lifetimeMs }: Making,
): StoredSession {
  return {
    kind,
    who,
    way,
    roles: [...roles],
    hash,
    id: newId(),
    provider: provider?.provider ?? null,
    provider_subject: provider?.subject ?? null,
    provider_session: provider?.session ?? null,
    agent: agent.slice(0, AGENT_LENGTH_MAX),
    address,
    created_at_ms: nowMs,
    seen_at_ms: nowMs,
    expires_at_ms: nowMs + lifetimeMs,
  };
}
