// What identity has written down: sign-ins, refusals, changes of how people prove who they are. The room that keeps it is handed in.
import { OWN_ORGANISATION } from "../policy/index.ts";

export interface IdentityEntry {
  action: string;
  actor: { kind: string; id: string; name: string; organisation: string };
  resource: { type: string; id: string };
  organisation: string;
  outcome: "ok" | "refused" | "failed";
  details?: Record<string, string | number | boolean | null>;
  /** What is about a person, apart: it can be erased. */
  personal?: Record<string, string>;
}

export interface IdentityAudit {
  note(entry: IdentityEntry): Promise<void>;
}

export interface Happening {
  action: string;
  /** A user of the directory, or a key. */
  actor: { kind: "person" | "key"; name: string; id?: string };
  /** The person whom it is about; the actor where left out. */
  about?: string;
  outcome?: IdentityEntry["outcome"];
  details?: IdentityEntry["details"];
  address?: string;
}

export function entryOf({ action, actor, about, outcome = "ok", details, address }: Happening): IdentityEntry {
  const id = actor.id ?? (actor.kind === "person" ? `person:${actor.name}` : actor.name);
  return {
    action,
    actor: { ...actor, id, organisation: OWN_ORGANISATION },
    resource: { type: "person", id: about ?? actor.name },
    organisation: OWN_ORGANISATION,
    outcome,
    ...(details && { details }),
    ...(address !== undefined && { personal: { address } }),
  };
}

/** Until the room that keeps them is there. */
export const noAudit: IdentityAudit = { note: () => Promise.resolve() };
