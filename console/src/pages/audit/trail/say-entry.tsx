// Who and what an entry names, in words. A person whose key was destroyed is nobody any more, and that is said.
import type { AuditEntryView } from "../../../../../src/audit/contract.ts";

type Named = Pick<AuditEntryView["actor"], "kind" | "id" | "name">;

const people = new Set(["person", "user"]);

export function ActorName({ actor: { kind, id, name } }: { actor: Named }) {
  if (people.has(kind) && id === null) return <Erased />;
  const word = name ?? id;
  if (kind === "system") return <span className="text-soft">Binnacle itself</span>;
  if (word === null || word === "") return <span className="text-soft">{kind}</span>;
  return <bdi>{word}</bdi>;
}

export function ResourceName({ resource: { type, id } }: Pick<AuditEntryView, "resource">) {
  return (
    <>
      <span className="text-soft">{type}</span> {people.has(type) && id === null ? <Erased /> : <bdi>{id}</bdi>}
    </>
  );
}

export function Erased() {
  return <em className="text-off">erased person</em>;
}
