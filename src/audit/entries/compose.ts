// From what rooms say to the row that is kept: people under pseudonyms, personal parts sealed, the rest as a leaf.
import type { Transaction } from "kysely";
import { newId } from "../../kernel/index.ts";
import type { Sealer } from "../sealing/sealer.ts";
import type { NewRow } from "../store/entry-store.ts";
import { cleanEntry } from "./clean-entry.ts";
import type { Actor, JsonValue } from "./entry.ts";
import type { CompleteEntry } from "../acting/acting.ts";
import { boundDetails, commitTo, LEAF_VERSION, type Leaf, writeLeaf } from "./leaf.ts";

interface ComposeDeps {
  sealer: Sealer;
  nowMs(): number;
  /** Of this installation. */
  log: string;
  detailsBytesMax: number;
}

export type Compose = (transaction: Transaction<unknown>, entry: CompleteEntry, id?: string) => Promise<NewRow>;

const PEOPLE = new Set(["person", "user"]);

/** The subject whose key seals what is personal of this person. */
export const subjectOfPerson = (id: string): string => `user:${id.replace(/^(person|user):/, "")}`;

/** All people that an entry names, as subjects. */
export function peopleIn({ actor, resource, on_behalf_of }: CompleteEntry): string[] {
  const named = [
    PEOPLE.has(actor.kind) ? actor.id : undefined,
    PEOPLE.has(resource.type) ? resource.id : undefined,
    on_behalf_of,
  ];
  return named.flatMap((id) => (id === undefined ? [] : [subjectOfPerson(id)]));
}

export function createCompose({ sealer, nowMs, log, detailsBytesMax }: ComposeDeps): Compose {
  return async (transaction, said, id = newId()) => {
    const entry = cleanEntry(said);
    const pseudonym = (person: string): Promise<string> => sealer.pseudonym(transaction, subjectOfPerson(person));
    const personal = personalOf(entry);
    const sealed =
      personal && (await sealer.seal(transaction, personal.subject, { bytes: personal.bytes, boundTo: id }));
    const atMs = Math.round(entry.at_ms ?? nowMs());
    const leaf = withoutUndefined({
      v: LEAF_VERSION,
      log,
      id,
      at_ms: atMs,
      action: entry.action,
      actor: await leafActor(entry.actor, pseudonym),
      on_behalf_of: entry.on_behalf_of === undefined ? undefined : await pseudonym(entry.on_behalf_of),
      resource: PEOPLE.has(entry.resource.type)
        ? { type: entry.resource.type, id: await pseudonym(entry.resource.id) }
        : entry.resource,
      organisation: entry.organisation,
      outcome: entry.outcome,
      policies: entry.policies,
      request_id: entry.request_id,
      details: boundDetails(entry.details, detailsBytesMax),
      sealed: sealed && { key: sealed.key, sha256: commitTo(sealed.salt, sealed.ciphertext) },
    });
    return { id, atMs, leaf: writeLeaf(leaf), salt: sealed?.salt ?? null, sealed: sealed?.ciphertext ?? null };
  };
}

async function leafActor(actor: Actor, pseudonym: (person: string) => Promise<string>): Promise<Leaf["actor"]> {
  const { kind, id, name, organisation } = actor;
  if (!PEOPLE.has(kind)) return { kind, id, name, organisation };
  return { kind, id: await pseudonym(id), organisation };
}

function personalOf({ actor, personal, subject }: CompleteEntry): { subject: string; bytes: Uint8Array } | undefined {
  const isPerson = PEOPLE.has(actor.kind);
  const fields: { [name: string]: JsonValue } = { ...personal, ...(isPerson && { actor_name: actor.name }) };
  if (Object.keys(fields).length === 0) return undefined;
  const ofActor = isPerson ? subjectOfPerson(actor.id) : `${actor.kind}:${actor.id}`;
  return { subject: subject ?? ofActor, bytes: Buffer.from(JSON.stringify(fields)) };
}

type Optional = "on_behalf_of" | "policies" | "request_id" | "details" | "sealed";
type Said = Omit<Leaf, Optional> & { [Name in Optional]: Leaf[Name] | undefined };

/** Canonical JSON has no undefined: what is not said is not there. */
function withoutUndefined({ on_behalf_of, policies, request_id, details, sealed, ...leaf }: Said): Leaf {
  return {
    ...leaf,
    ...(on_behalf_of !== undefined && { on_behalf_of }),
    ...(policies !== undefined && { policies }),
    ...(request_id !== undefined && { request_id }),
    ...(details !== undefined && { details }),
    ...(sealed !== undefined && { sealed }),
  };
}
