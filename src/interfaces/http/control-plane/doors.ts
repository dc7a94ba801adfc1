// The doors of the control plane: who may go through which, and what an error looks like on the other side.
import { implement, ORPCError } from "@orpc/server";
import type { Acting } from "../../../audit/index.ts";
import type { Scope } from "../../../governance/contract.ts";
import { isAppError, toAppError, type World } from "../../../kernel/index.ts";
import { apiContract } from "../../contract.ts";
import { actorOf, type AuditDoor, withAudit } from "../audit/audited.ts";
import { type ControlCallers, identifyCaller } from "../credential.ts";

interface Context {
  request: Request;
}

/** Deny by default: a route is reached only through one of these. */
export function createDoors({ world, audit, ...callers }: ControlCallers & { world: World; audit: AuditDoor }) {
  const base = implement(apiContract)
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
    });
  const allow = (scope: Scope | undefined) =>
    base.use(async ({ context, next }) => {
      const caller = await identifyCaller(callers, context.request);
      const { principal } = caller;
      context.acting.actor = actorOf(principal);
      if (scope) callers.governance.require(principal, scope);
      return next({ context: { principal, caller } });
    });
  return { base, anyone: allow(undefined), reader: allow("read"), admin: allow("admin"), caller: allow("call") };
}

export type Doors = ReturnType<typeof createDoors>;

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
