// What the trail says of one call, as a line of text: made where the call's record is in memory, and passed on until it is added.
// The line is the call's leaf as it will be hashed, and beside it the people whose pseudonyms are still to be put in.
import type { AuditEntry, JsonValue } from "../entries/entry.ts";
import { cleanEntry } from "../entries/clean-entry.ts";
import { boundDetails, type Leaf, LEAF_VERSION, writeLeaf } from "../entries/leaf.ts";

/** Of a call that went through, its leaf stands in a batch, whose entry says of which log it is. */
export type CallLeaf = Omit<Leaf, "log">;

export interface ExecutedCall extends AuditEntry {
  id: string;
  at_ms: number;
  actor: NonNullable<AuditEntry["actor"]>;
}

interface People {
  on_behalf_of?: string | undefined;
  personal?: { readonly [name: string]: JsonValue } | undefined;
  subject?: string | undefined;
}

export interface CallNote {
  id: string;
  /** One that was refused gets an entry of its own. */
  outcome: AuditEntry["outcome"];
  /** Canonical JSON. */
  leaf: string;
  people: People | undefined;
}

const OUTCOMES = ["ok", "failed", "refused"] as const;
const ID_LENGTH = 36;
const PEOPLE = "\t";
const NAME_LENGTH_MAX = 512;
/** In JSON, the beginning of what PostgreSQL cannot hold. */
const UNCLEAN = /\\u(?:0000|d[89a-f])/;

/** No line breaks in it. */
export function writeCallNote(call: ExecutedCall, detailsBytesMax: number): string {
  const { on_behalf_of, personal, subject } = call;
  const text = leafText(call);
  const isFine = text.length <= detailsBytesMax && !UNCLEAN.test(text) && namesOf(call).every(isShort);
  const leaf = isFine ? text : cleanLeaf(call, detailsBytesMax);
  const isNamed = on_behalf_of !== undefined || personal !== undefined;
  const people = isNamed ? PEOPLE + JSON.stringify({ on_behalf_of, personal, subject }) : "";
  return `${OUTCOMES.indexOf(call.outcome)}${call.id}${leaf}${people}`;
}

export function readCallNote(note: string): CallNote {
  const [leaf = "", people] = note.slice(1 + ID_LENGTH).split(PEOPLE);
  return {
    id: note.slice(1, 1 + ID_LENGTH),
    outcome: OUTCOMES[Number(note[0])] ?? "failed",
    leaf,
    people: people === undefined ? undefined : (JSON.parse(people) as People),
  };
}

/** Canonical as it is where the caller's details are in order: the way of all calls but a few. */
function leafText({ id, at_ms, action, actor, resource, outcome, policies = [], ...call }: ExecutedCall): string {
  return JSON.stringify({
    action,
    actor: { id: actor.id, kind: actor.kind, name: actor.name, organisation: actor.organisation },
    at_ms,
    details: call.details,
    id,
    organisation: call.organisation ?? actor.organisation,
    outcome,
    policies,
    request_id: call.request_id,
    resource: { id: resource.id, type: resource.type },
    v: LEAF_VERSION,
  });
}

function cleanLeaf(call: ExecutedCall, detailsBytesMax: number): string {
  const clean = cleanEntry({ ...call, organisation: call.organisation ?? call.actor.organisation });
  const details = boundDetails(clean.details, detailsBytesMax);
  const text = leafText({ ...clean, id: call.id, at_ms: call.at_ms, details });
  return writeLeaf(JSON.parse(text) as CallLeaf);
}

const namesOf = ({ action, actor, resource, policies = [], request_id = "" }: ExecutedCall): string[] => [
  action,
  actor.id,
  actor.name,
  resource.id,
  request_id,
  ...policies,
];
const isShort = (text: string): boolean => text.length <= NAME_LENGTH_MAX;
