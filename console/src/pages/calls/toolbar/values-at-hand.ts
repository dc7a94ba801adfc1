// Values that a filter may be about: those of the calls that are on the list, the most frequent first.
import type { CallSummary } from "../../../../../src/ledger/contract.ts";
import type { ValuesOf } from "../../../components/inputs/filter/complete-filter.ts";

type Read = (call: CallSummary) => { value: string | null | undefined; note?: string }[];

const readers: Record<string, Read> = {
  model: (call) => [{ value: call.model }],
  name: (call) => [{ value: call.model }],
  answer_model: (call) => [{ value: call.answer?.model }],
  vendor: (call) => [{ value: call.answer?.vendor }],
  route: (call) => [{ value: call.route.name }],
  key: (call) => [{ value: call.who.key_id, note: call.who.key_name }],
  user: (call) => [{ value: call.who.user }],
  team: (call) => [{ value: call.who.team }],
  project: (call) => [{ value: call.who.project }],
  organisation: (call) => [{ value: call.who.organisation }],
  tag: (call) => call.who.tags.map((value) => ({ value })),
  error: (call) => [{ value: call.error?.code }],
  finish: (call) => [{ value: call.answer?.finish_reason }],
};

const valuesMost = 50;

export function valuesAtHand(calls: readonly CallSummary[]): ValuesOf {
  return (field) => {
    const read = readers[field];
    if (read === undefined) return [];
    const counts = new Map<string, { count: number; note: string | undefined }>();
    for (const { value, note } of calls.flatMap(read)) {
      if (!value) continue;
      const before = counts.get(value);
      counts.set(value, { count: (before?.count ?? 0) + 1, note });
    }
    return [...counts]
      .sort(([, a], [, b]) => b.count - a.count)
      .slice(0, valuesMost)
      .map(([value, { count, note }]) => ({
        value,
        note: `${note === undefined ? "" : `${note}, `}${count} of the calls that are listed`,
      }));
  };
}
