// Who acts now: said once where a request comes in, so that what is changed on its way down is on record under their name.
import { AsyncLocalStorage } from "node:async_hooks";
import type { Actor, AuditEntry } from "../entries/entry.ts";

/** One request, or one piece of work. What is not known at its beginning is filled in as soon as it is. */
export interface Acting {
  actor: Actor;
  on_behalf_of?: string | undefined;
  request_id?: string | undefined;
  /** Those that allowed it. */
  policies?: readonly string[] | undefined;
  /** Entries that were made in it so far. */
  entries: number;
}

export interface ActingNow {
  during<Result>(acting: Acting, work: () => Result): Result;
  current(): Acting | undefined;
  /** The entry with what it left to whoever acts now. */
  complete(entry: AuditEntry): CompleteEntry;
}

export type CompleteEntry = AuditEntry & { actor: Actor; organisation: string };

export const SYSTEM: Actor = { kind: "system", id: "binnacle", name: "binnacle", organisation: "default" };

export function createActing(): ActingNow {
  const now = new AsyncLocalStorage<Acting>();
  return {
    during: (acting, work) => now.run(acting, work),
    current: () => now.getStore(),
    complete(entry) {
      const acting = now.getStore();
      if (acting) acting.entries += 1;
      const actor = entry.actor ?? acting?.actor ?? SYSTEM;
      return {
        ...entry,
        actor,
        organisation: entry.organisation ?? actor.organisation,
        on_behalf_of: entry.on_behalf_of ?? (entry.actor ? undefined : acting?.on_behalf_of),
        request_id: entry.request_id ?? acting?.request_id,
        policies: entry.policies ?? acting?.policies,
      };
    },
  };
}
