// What the list is narrowed to, and whether it is live.
import { type RefObject, useCallback, useMemo, useRef } from "react";
import { FilterInput } from "../../../components/inputs/filter/filter-input.tsx";
import { TimeRange } from "../../../components/inputs/range/time-range.tsx";
import { useMedia } from "../../../page/use-media.ts";
import { useElementWidth } from "../../../page/use-element-width.ts";
import type { CallFilter } from "../feed/call-filter.ts";
import { isBadFilter } from "../feed/feed-state.ts";
import { useFeed } from "../feed/feed-context.ts";
import { LiveState } from "./live-state.tsx";
import { OutcomeFilter } from "./outcome-filter.tsx";
import { Taking } from "./taking.tsx";
import { Views } from "./views.tsx";
import { valuesAtHand } from "./values-at-hand.ts";

interface ToolbarProps {
  filter: CallFilter;
  onFilter: (filter: CallFilter) => void;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** Below this the outcomes become a menu. */
const asRowFromRem = 60;

export function Toolbar({ filter, onFilter, inputRef }: ToolbarProps) {
  const state = useFeed();
  const { rows } = state.list;
  const bar = useRef<HTMLDivElement>(null);
  const { widthRem } = useElementWidth(bar);
  const valuesOf = useMemo(() => valuesAtHand(rows.map(({ call }) => call)), [rows]);
  const isNarrow = !useMedia("(min-width: 40rem)");
  const setText = useCallback((text: string) => onFilter({ ...filter, text }), [filter, onFilter]);
  const outcomes = (
    <OutcomeFilter
      asMenu={widthRem < asRowFromRem}
      value={filter.outcome}
      onChange={(outcome) => onFilter({ ...filter, outcome })}
    />
  );
  return (
    <div ref={bar} className="flex flex-wrap items-start gap-x-4 gap-y-2 bg-sheet px-4 py-2">
      <div className="flex min-w-0 basis-full gap-2 max-sm:flex-wrap">
        <div className="flex min-w-0 max-sm:basis-full sm:flex-1">
          <FilterInput
            ref={inputRef}
            label="Filter"
            value={filter.text}
            onChange={setText}
            valuesOf={valuesOf}
            problem={isBadFilter(state) ? state.problem : null}
            placeholder="Filter, such as cost:>0.01 NOT outcome:ok, or words that were said"
          />
        </div>
        {isNarrow && outcomes}
        <Views filter={filter} />
        <Taking filter={filter} />
      </div>
      {!isNarrow && outcomes}
      <TimeRange value={filter.time} onChange={(time) => onFilter({ ...filter, time })} />
      <div className="ml-auto">
        <LiveState />
      </div>
    </div>
  );
}
