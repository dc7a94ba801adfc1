// Entries as they are shown: people by their names again, as far as their keys stand.
import type { AuditEntryView } from "../contract.ts";
import type { Leaf } from "../entries/leaf.ts";
import type { Sealer } from "../sealing/sealer.ts";
import type { StoredEntry } from "../store/entry-store.ts";
import { parseLeaf } from "../verifying/judge-entry.ts";

const PEOPLE = new Set(["person", "user"]);
const nameOf = (subject: string): string => subject.replace(/^user:/, "");

export async function showEntries(
  entries: readonly StoredEntry[],
  sealer: Pick<Sealer, "subjectsOf">,
): Promise<AuditEntryView[]> {
  const read = entries.flatMap((entry) => {
    const leaf = parseLeaf(entry.leaf);
    return leaf ? [{ entry, leaf }] : [];
  });
  const subjects = await sealer.subjectsOf([...new Set(read.flatMap(({ leaf }) => pseudonymsIn(leaf)))]);
  return read.map(({ entry, leaf }) => showEntry(entry, leaf, subjects));
}

function pseudonymsIn({ actor, resource, on_behalf_of }: Leaf): string[] {
  const ofPeople = [actor.kind, resource.type].map((kind, index) => PEOPLE.has(kind) && [actor.id, resource.id][index]);
  return [...ofPeople, on_behalf_of].filter((id) => typeof id === "string");
}

function showEntry({ seq, origin }: StoredEntry, leaf: Leaf, subjects: ReadonlyMap<string, string>): AuditEntryView {
  const person = (id: string): string | null => {
    const subject = subjects.get(id);
    return subject === undefined ? null : nameOf(subject);
  };
  const { actor, resource, on_behalf_of } = leaf;
  return {
    id: leaf.id,
    at_ms: leaf.at_ms,
    index: seq,
    tree: origin,
    action: leaf.action,
    actor: {
      kind: actor.kind,
      id: PEOPLE.has(actor.kind) ? person(actor.id) : actor.id,
      name: actor.name ?? null,
      organisation: actor.organisation,
    },
    on_behalf_of: on_behalf_of === undefined ? null : person(on_behalf_of),
    resource: { type: resource.type, id: PEOPLE.has(resource.type) ? person(resource.id) : resource.id },
    organisation: leaf.organisation,
    outcome: leaf.outcome,
    policies: [...(leaf.policies ?? [])],
    request_id: leaf.request_id ?? null,
    details: leaf.details ?? null,
    is_sealed: leaf.sealed !== undefined,
  };
}
