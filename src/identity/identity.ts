// The face of identity: the ways in which people prove who they are, their sessions, and what is done for them.
import type { Governance, Principal } from "../governance/index.ts";
import type { SecretSources, World } from "../kernel/index.ts";
import { createFollower, createWithDatabase, type Storage } from "../storage/index.ts";
import { type IdentityAudit, noAudit } from "./audit.ts";
import { type BreakGlass, createBreakGlass } from "./break-glass.ts";
import type { IdentityConfig } from "./config.ts";
import type { SignInWay } from "./contract.ts";
import { identityErrors } from "./errors.ts";
import { createManagePeople, type ManagePeople } from "./managing/manage-people.ts";
import { createOwn, type Own } from "./managing/own.ts";
import { createOidc, type Oidc } from "./oidc/oidc.ts";
import { createPasskeys, type Passkeys } from "./passkeys/passkeys.ts";
import { createHasher, type Hasher } from "./passwords/hasher.ts";
import { createInvitations, type Invitations } from "./passwords/invitations.ts";
import { createPasswords } from "./passwords/passwords.ts";
import { createPeople } from "./people/people.ts";
import { createSaml, type Saml } from "./saml/saml.ts";
import { createSessions, type Sessions } from "./sessions/sessions.ts";
import { createSignIn, type SignIn } from "./sign-in/sign-in.ts";
import { createOnceStore } from "./store/once-store.ts";
import { createPasskeyStore } from "./store/passkey-store.ts";
import { createPeopleStore } from "./store/people-store.ts";
import { createSessionStore, type StoredSession } from "./store/session-store.ts";
import { createTriesStore } from "./store/tries-store.ts";

export interface Identity {
  start(): Promise<void>;
  close(): Promise<void>;
  /** Where browsers reach this installation; null where each request says so. */
  publicOrigin: string | null;
  /** Passwords and passkeys once anybody has one. */
  ways(): Promise<SignInWay[]>;
  sessions: Sessions;
  /** Who is behind a cookie. Throws `identity.session_over` and what governance says of keys and users. */
  identify(
    token: string,
    addressOf?: () => string | undefined,
  ): Promise<{ principal: Principal; session: StoredSession }>;
  signIn: SignIn;
  invitations: Pick<Invitations, "read">;
  passkeys: Pick<Passkeys, "beginSignIn" | "beginRegistration">;
  oidc: Pick<Oidc, "begin" | "readLogout">;
  saml: Pick<Saml, "begin" | "arrive" | "metadata">;
  people: ManagePeople;
  own: Own;
  breakGlass: BreakGlass;
}

export interface IdentityDeps {
  storage: Pick<Storage, "tables" | "isAvailable">;
  world: World;
  governance: Pick<Governance, "identify" | "require" | "users" | "secretFor" | "firstKeyId">;
  /** Where secrets and certificates are looked up. */
  secrets: SecretSources;
  /** The longest that a session lasts. */
  sessionLifetimeMs: number;
  audit?: IdentityAudit | undefined;
  /** Another, for tests that count. */
  hasher?: Hasher;
}

const SWEEP_EVERY_MS = 600_000;

export function createIdentity(config: IdentityConfig, deps: IdentityDeps): Identity {
  const { storage, world, governance, secrets, audit = noAudit } = deps;
  const withDatabase = createWithDatabase(storage.isAvailable, identityErrors.unavailable);
  const [once, tries, store] = [
    createOnceStore(storage, config.under_way_max),
    createTriesStore(storage),
    createPeopleStore(storage),
  ];
  const sessionStore = createSessionStore(storage);
  const secretFor = (purpose: string): string => governance.secretFor(`identity:${purpose}`);
  const room = { once, tries, store, world, withDatabase, governance, secrets, audit };

  const sessions = createSessions(config.sessions, {
    ...room,
    store: sessionStore,
    secret: secretFor("sessions"),
    lifetimeMs: deps.sessionLifetimeMs,
  });
  const hasher = deps.hasher ?? createHasher(config.passwords);
  const passwords = createPasswords(config.passwords, {
    ...room,
    people: store,
    hasher,
    secret: secretFor("passwords"),
  });
  const lifetimeMs = config.passwords.invitation_lifetime;
  const invitations = createInvitations({ ...room, secret: secretFor("invitations"), lifetimeMs });
  const passkeys = createPasskeys(config.passkeys, { ...room, store: createPasskeyStore(storage) });
  const oidc = createOidc(config.oidc, { ...room, secret: secretFor("oidc") });
  const saml = createSaml(config.saml, { ...room, secret: secretFor("saml") });
  const people = createPeople(room);
  const { firstKeyId } = governance;
  const breakGlass = createBreakGlass(config.break_glass_alarm, { ...room, firstKeyId, hasPeople: store.hasAnyone });
  const parts = { ...room, people, sessions, passwords, invitations, passkeys, oidc, saml };

  const sweeper = createFollower(
    { intervalMs: SWEEP_EVERY_MS, isAvailable: storage.isAvailable, log: world.log, what: "sessions that are over" },
    async () => {
      for (const each of [once, tries, sessionStore]) await each.sweep(world.nowMs());
    },
  );

  return {
    start: sweeper.start,
    close: sweeper.close,
    publicOrigin: config.public_url === null ? null : new URL(config.public_url).origin,
    // While the database is away nobody can be asked: then all are told.
    ways: async () => waysIn(config, await store.proofs().catch(() => ({ password: true, passkey: true }))),
    sessions,
    identify: createIdentify({ sessions, governance }),
    signIn: createSignIn({ ...parts, nowMs: world.nowMs, seeKey: breakGlass.see }),
    invitations,
    passkeys,
    oidc,
    saml,
    people: createManagePeople(parts),
    own: createOwn(parts),
    breakGlass,
  };
}

interface IdentifyDeps {
  sessions: Sessions;
  governance: Pick<Governance, "identify">;
}

function createIdentify({ sessions, governance }: IdentifyDeps): Identity["identify"] {
  return async (token, addressOf) => {
    const session = await sessions.find(token);
    const { kind, who } = session;
    if (kind === "key") return { session, principal: await governance.identify.byKeyId(who, addressOf) };
    const principal = governance.identify.person(who, session.roles_now.toSorted(), session.since_ms);
    if (principal.roles.toSorted().join(" ") === session.roles.toSorted().join(" ")) return { session, principal };
    // A session began with other rights than these: a new one begins with the next sign-in.
    await sessions.end(token);
    throw identityErrors.session_over({ why: "your roles have changed" });
  };
}

function waysIn(
  { passwords, passkeys, oidc, saml }: IdentityConfig,
  has: { password: boolean; passkey: boolean },
): SignInWay[] {
  const ways: SignInWay[] = [{ kind: "key", name: "key", title: "API key" }];
  if (passwords.enabled && has.password) ways.push({ kind: "password", name: "password", title: "Password" });
  if (passkeys.enabled && has.passkey) ways.push({ kind: "passkey", name: "passkey", title: "Passkey" });
  for (const { name, title = name } of oidc.providers) ways.push({ kind: "oidc", name, title });
  for (const { name, title = name } of saml.providers) ways.push({ kind: "saml", name, title });
  return ways;
}
