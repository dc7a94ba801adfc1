// What a list shows, as what can be written in its filter: the values of each field that have been seen, most often first.
import type { Activity, RecordSummary } from "../../../../src/ledger/contract.ts";
import type { ValuesOf } from "../inputs/filter/complete-filter.ts";

type Seen = Readonly<Record<string, readonly (string | null)[]>>;

const offeredMost = 40;

export function valuesOfRecords(records: readonly RecordSummary[]): ValuesOf {
  return valuesOfSeen({
    name: records.map(({ name }) => name),
    model: records.map(({ model }) => model),
    answer_model: records.map(({ answer_model }) => answer_model),
    route: records.map(({ route }) => route),
    vendor: records.map(({ vendor }) => vendor),
    key: records.map(({ key_id }) => key_id),
    user: records.map(({ user }) => user),
    team: records.map(({ team }) => team),
    project: records.map(({ project }) => project),
    tag: records.flatMap(({ tags }) => tags),
    session: records.map(({ session }) => session),
    service: records.map(({ service }) => service),
    environment: records.map(({ environment }) => environment),
    error: records.map(({ error_code }) => error_code),
    operation: records.map(({ operation }) => operation),
    finish: records.map(({ finish_reason }) => finish_reason),
    prompt: records.map(({ prompt }) => prompt),
    cache: records.map(({ cache }) => cache),
  });
}

/** Of sessions or of users: their own names, and the users of sessions. */
export function valuesOfActivity(field: "session" | "user", items: readonly Activity[]): ValuesOf {
  return valuesOfSeen({ user: items.flatMap(({ users }) => users), [field]: items.map(({ name }) => name) });
}

function valuesOfSeen(seen: Seen): ValuesOf {
  return (field) => {
    const counts = new Map<string, number>();
    for (const value of seen[field] ?? []) {
      if (value !== null && value !== "") counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts]
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, offeredMost)
      .map(([value]) => ({ value }));
  };
}
