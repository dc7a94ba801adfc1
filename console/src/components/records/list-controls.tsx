// What stands above a list of records: the filter in the ledger's language, and the stretch of time.
import { type ReactNode, useRef } from "react";
import type { Problem } from "../../api/explain-error.ts";
import { useShortcuts } from "../../page/shortcuts.ts";
import type { ValuesOf } from "../inputs/filter/complete-filter.ts";
import { FilterInput } from "../inputs/filter/filter-input.tsx";
import { TimeRange } from "../inputs/range/time-range.tsx";
import { type ListSearch, rangeOf, searchOfRange } from "./list-search.ts";

interface ListControlsProps {
  search: ListSearch;
  onChange: (search: ListSearch) => void;
  /** An example of a filter for this list. */
  example: string;
  /** Why the server does not take the filter. */
  problem: Problem | null;
  /** What can be written for a field, from what the list shows. */
  valuesOf: ValuesOf;
  children?: ReactNode;
}

export function ListControls({ search, onChange, example, problem, valuesOf, children }: ListControlsProps) {
  const field = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => field.current?.focus() });
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-start gap-2">
      <div className="flex min-w-0 flex-[1_1_18rem]">
        <FilterInput
          ref={field}
          label="Filter"
          value={search.filter ?? ""}
          onChange={(filter) => onChange({ filter: filter === "" ? undefined : filter })}
          valuesOf={valuesOf}
          problem={problem}
          placeholder={`Filter, such as ${example}, or words that were said`}
        />
      </div>
      {children}
      <TimeRange value={rangeOf(search)} onChange={(range) => onChange(searchOfRange(range))} />
    </div>
  );
}
