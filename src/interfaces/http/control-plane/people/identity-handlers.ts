// People and their sessions, for admins; and one's own sessions, password and passkeys, for whoever is signed in.
import type { Identity, Self } from "../../../../identity/index.ts";
import type { Governance } from "../../../../governance/index.ts";
import type { OwnSession } from "../../../../identity/contract.ts";
import { OWN_ORGANISATION } from "../../../../policy/index.ts";
import type { Caller } from "../../credential.ts";
import { knownBrowserOf, originOf, type Site } from "../../sign-in/cookies.ts";
import type { Doors } from "../doors.ts";
import { allowedOperations, sightsOf } from "../rights/allowed-operations.ts";

interface Asking {
  context: { request: Request; caller: Caller };
}

interface IdentityHandlerDeps extends Site {
  identity: Identity;
  governance: Pick<Governance, "rights" | "limitsOf">;
  addressOf(request: Request): string;
}

export function identityHandlers(doors: Doors, deps: IdentityHandlerDeps) {
  return {
    people: peopleHandlers(doors.people, deps),
    session: sessionHandlers(doors.session, deps),
  };
}

function peopleHandlers(routes: Doors["people"], deps: IdentityHandlerDeps) {
  const { people } = deps.identity;
  return {
    list: routes.list.handler(({ input }) => people.list(input)),
    invite: routes.invite.handler(({ input, context }) =>
      people.invite(context.principal, { ...input, origin: originOf(context.request, deps) }),
    ),
    update: routes.update.handler(({ input, context }) => people.setRoles(context.principal, input.user, input.roles)),
    setPassword: routes.setPassword.handler(({ input, context }) =>
      people.setPassword(context.principal, input.user, input.password),
    ),
    unlink: routes.unlink.handler(({ input, context }) => people.unlink(context.principal, input.user, input.provider)),
    sessions: routes.sessions.handler(async ({ input, context }) => ({
      sessions: viewsOf(await people.sessions(input.user), context.caller),
    })),
    signOut: routes.signOut.handler(async ({ input, context }) => ({
      ended: await people.signOut(context.principal, input.user),
    })),
  };
}

function sessionHandlers(routes: Doors["session"], deps: IdentityHandlerDeps) {
  const { identity, addressOf } = deps;
  const { own } = identity;
  const selfOf = ({ context: { request, caller } }: Asking): Self => ({
    principal: caller.principal,
    session: caller.session,
    address: addressOf(request),
  });
  const originIn = ({ context }: Asking): string => originOf(context.request, deps);
  return {
    get: routes.get.handler(({ context: { caller } }) => viewOf(caller, deps)),
    limits: routes.limits.handler(async ({ context: { request, principal } }) => ({
      limits: await deps.governance.limitsOf({ principal, ip: () => addressOf(request) }),
    })),
    list: routes.list.handler(async (asking) => ({
      sessions: viewsOf(await own.sessions(selfOf(asking)), asking.context.caller),
    })),
    end: routes.end.handler(async (asking) => {
      await own.end(selfOf(asking), asking.input.id);
      return { ended: 1 };
    }),
    endOthers: routes.endOthers.handler(async (asking) => ({ ended: await own.endOthers(selfOf(asking)) })),
    changePassword: routes.changePassword.handler(async (asking) => {
      const { current = "", next } = asking.input;
      const known = knownBrowserOf(asking.context.request, deps);
      return { ended: await own.changePassword(selfOf(asking), { current, next, known }) };
    }),
    passkeys: routes.passkeys.handler(async (asking) => ({ passkeys: await own.passkeys(selfOf(asking)) })),
    beginPasskey: routes.beginPasskey.handler(async (asking) => ({
      ...(await own.beginPasskey(selfOf(asking), originIn(asking))),
    })),
    addPasskey: routes.addPasskey.handler((asking) =>
      own.addPasskey(selfOf(asking), asking.input.answer, { origin: originIn(asking), name: asking.input.name }),
    ),
    removePasskey: routes.removePasskey.handler(async (asking) => {
      await own.removePasskey(selfOf(asking), asking.input.id);
      return { id: asking.input.id };
    }),
  };
}

function viewOf({ principal, session, token }: Caller, { identity, governance }: IdentityHandlerDeps): OwnSession {
  const { keyId, keyName, scopes, kind, user, roles, organisation } = principal;
  return {
    key_id: keyId,
    key_name: keyName,
    scopes: [...scopes],
    kind,
    user,
    roles: [...roles],
    organisation,
    is_installation: organisation === OWN_ORGANISATION,
    actions: governance.rights.actionsOf(principal),
    sees: sightsOf(principal, governance.rights),
    operations: allowedOperations(principal, governance.rights),
    csrf_token: token === undefined ? null : identity.sessions.csrfOf(token),
    expires_at_ms: session?.expires_at_ms ?? null,
  };
}

function viewsOf(all: StoredViews, { session }: Caller) {
  return all.map(({ id, way, agent, address, created_at_ms, seen_at_ms, expires_at_ms }) => ({
    id,
    way,
    agent,
    address,
    created_at_ms,
    seen_at_ms,
    expires_at_ms,
    is_current: id === session?.id,
  }));
}

type StoredViews = Awaited<ReturnType<Identity["own"]["sessions"]>>;
