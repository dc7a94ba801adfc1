// The doors of the control plane: who may go through which, and what an error looks like on the other side. Which right a route needs
// stands in rights/route-actions.ts; whether somebody has it is decided by the policies.
import { implement, ORPCError } from "@orpc/server";
import type { Acting } from "../../../audit/index.ts";
import type { Principal, Rights, Sight } from "../../../governance/index.ts";
import { isAppError, toAppError, type World } from "../../../kernel/index.ts";
import { OWN_ORGANISATION } from "../../../policy/index.ts";
import { apiContract } from "../../contract.ts";
import { actorOf, type AuditDoor, withAudit } from "../audit/audited.ts";
import { type Caller, type ControlCallers, identifyAnyone } from "../credential.ts";
import { askedOrganisation } from "./rights/asked-organisation.ts";
import { requireHoldable } from "./rights/unholdable-text.ts";
import { pathsOf, type RouteAction, routeActions, unmatchedPaths, WHO_AM_I } from "./rights/route-actions.ts";

interface Context {
  request: Request;
}

/** What a handler knows of who asks. */
export interface Asker {
  principal: Principal;

  /** The one that is asked about, which was decided about; and whether the request names one. */
  organisation: string;
  isNamed: boolean;
  /** Whose records they may be shown; of routes that are about records. */
  sight: Sight;
  /** Whose texts; undefined where none. */
  texts: Sight | undefined;
}

/** Deny by default: a route that has no decision does not start. Throws where there is one. */
export function createDoors({ world, audit, ...callers }: ControlCallers & { world: World; audit: AuditDoor }) {
  const unmatched = unmatchedPaths(pathsOf(apiContract), routeActions);
  if (unmatched.length > 0)
    throw new Error(`routes without a decision, or the other way round: ${unmatched.join(", ")}`);
  return implement(apiContract)
    .$context<Context>()
    .use(async ({ next }) => {
      try {
        return await next();
      } catch (error) {
        throw asApiError(error, world);
      }
    })
    .use(({ next, path, procedure }, input) => {
      const route = { name: path.join("."), method: procedure["~orpc"].route.method ?? "POST", input };
      return withAudit(audit, route, async (acting: Acting) => next({ context: { acting } }));
    })
    .use(async ({ context, path, next }, input) => {
      const caller: Caller = await identifyAnyone(callers, context.request);
      const { principal } = caller;
      context.acting.actor = actorOf(principal);
      requireHoldable(input);
      const asker = decide({ principal, input, request: context.request, path }, callers.governance.rights);
      return next({ context: { ...asker, caller } });
    });
}

export type Doors = ReturnType<typeof createDoors>;

interface Asked {
  principal: Principal;
  /** Not checked yet. */
  input: unknown;
  request: Request;
  path: readonly string[];
}

/** Throws `governance.not_allowed` and `governance.bad_organisation`. */
function decide({ principal, input, request, path }: Asked, rights: Rights): Asker {
  const wanted = (routeActions as Record<string, RouteAction | typeof WHO_AM_I>)[path.join(".")];
  if (wanted === undefined) throw new Error(`no decision for ${path.join(".")}`);
  const named =
    wanted !== WHO_AM_I && wanted.on === "named"
      ? (askedOrganisation({ said: fieldOf(input, "name") }) ?? OWN_ORGANISATION)
      : askedOrganisation({ said: fieldOf(input, "organisation"), request });
  const organisation = named ?? principal.organisation;
  const asker: Asker = {
    principal,
    organisation,
    isNamed: named !== undefined,
    sight: { organisation },
    texts: undefined,
  };
  if (wanted === WHO_AM_I) return asker;
  const { action, on, also = [], orCallers } = wanted;
  if (on === "records") {
    const sight = rights.requireSight(principal, { action, organisation });
    return { ...asker, sight, texts: rights.sightOf(principal, { action: "read_bodies", organisation }) };
  }
  if (orCallers && rights.allows(principal, { action: "call", on: "model", organisation })) return asker;
  const place = on === "named" ? "organisation" : on;
  for (const each of [action, ...also]) rights.require(principal, { action: each, on: place, organisation });
  return asker;
}

function fieldOf(input: unknown, name: string): unknown {
  return typeof input === "object" && input !== null && Object.hasOwn(input, name)
    ? (input as Record<string, unknown>)[name]
    : undefined;
}

/** An AppError as the API tells it: code, status, message, and the fix beside it. oRPC's own errors stay what they are. */
function asApiError(thrown: unknown, world: World): unknown {
  if (thrown instanceof ORPCError) return thrown;
  const error = toAppError(thrown);
  if (!isAppError(thrown)) world.log.error({ err: thrown }, "a request to the control plane failed inside Binnacle");
  const retry_after_ms = error.retryAfterMs;
  return new ORPCError(error.code, {
    status: error.status,
    message: error.message,
    data: { fix: error.fix, ...(retry_after_ms === undefined ? {} : { retry_after_ms }) },
  });
}
