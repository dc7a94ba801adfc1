// What narrows the trail. Each field is looked for as a whole word; what has been seen on the list is suggested.
import { useRef } from "react";
import type { AuditEntryView } from "../../../../../src/audit/contract.ts";
import { TimeRange } from "../../../components/inputs/range/time-range.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { Segmented } from "../../../components/parts/segmented.tsx";
import { useShortcuts } from "../../../page/shortcuts.ts";
import { isNarrowed, rangeOf, type Search, searchOfRange, useAddress } from "../address.ts";
import { FilterField, type Suggestion } from "./filter-field.tsx";
import { useTrail } from "./use-trail.ts";

type Outcome = NonNullable<Search["outcome"]>;

const outcomes = ["any", "ok", "refused", "failed"] as const;
const outcomeOptions = outcomes.map((value) => ({ value, label: value }));
const callOptions = [
  { value: "without", label: "without calls" },
  { value: "with", label: "with calls" },
] as const;
const cleared: Search = {
  action: undefined,
  actor: undefined,
  type: undefined,
  resource: undefined,
  organisation: undefined,
  outcome: undefined,
  call: undefined,
};

export function TrailToolbar() {
  const { search, goTo } = useAddress();
  const { rows } = useTrail();
  const first = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => first.current?.focus() });
  const change = (next: Search): void => goTo(next, true);
  const seen = (pick: (row: AuditEntryView) => string | null): Suggestion[] =>
    seenIn(rows.map((row) => ({ value: pick(row) })));
  const field = (name: "action" | "actor" | "type" | "resource" | "organisation") => ({
    value: search[name] ?? "",
    onChange: (value: string) => change({ [name]: value === "" ? undefined : value }),
  });
  return (
    <>
      <div className="grid min-w-0 flex-[1_1_100%] min-[150rem]:flex-[1_1_40rem] grid-cols-2 gap-2 sm:grid-cols-3 min-[100rem]:grid-cols-6">
        <FilterField ref={first} label="Action" {...field("action")} suggestions={seen(({ action }) => action)} />
        <FilterField
          label="Who"
          {...field("actor")}
          suggestions={seenIn(rows.map(({ actor: { id, name } }) => ({ value: id, name })))}
        />
        <FilterField label="Kind of thing" {...field("type")} suggestions={seen(({ resource }) => resource.type)} />
        <FilterField label="Thing" {...field("resource")} suggestions={seen(({ resource }) => resource.id)} />
        <FilterField
          label="Organisation"
          {...field("organisation")}
          suggestions={seen(({ organisation }) => organisation)}
        />
        <FilterField
          label="Id of a call"
          value={search.call ?? ""}
          suggestions={[]}
          onChange={(id) => change(id === "" ? { call: undefined } : { call: id, open: id })}
        />
      </div>
      <Segmented<(typeof outcomes)[number]>
        label="Outcome"
        options={outcomeOptions}
        value={search.outcome ?? "any"}
        onChange={(value) => change({ outcome: value === "any" ? undefined : (value satisfies Outcome) })}
      />
      <Segmented<"with" | "without">
        label="Entries of calls"
        options={callOptions}
        value={search.calls ?? "without"}
        onChange={(value) => change({ calls: value === "with" ? "with" : undefined })}
      />
      <TimeRange value={rangeOf(search)} onChange={(range) => change(searchOfRange(range))} />
      {isNarrowed(search) && <Button onClick={() => change(cleared)}>Clear</Button>}
    </>
  );
}

const suggestionsMax = 100;

function seenIn(seen: readonly { value: string | null; name?: string | null }[]): Suggestion[] {
  const names = new Map(seen.map(({ value, name }) => [value ?? "", name ?? null]));
  names.delete("");
  return [...names]
    .map(([value, name]) => ({ value, name }))
    .toSorted((one, other) => (one.name ?? one.value).localeCompare(other.name ?? other.value))
    .slice(0, suggestionsMax);
}
