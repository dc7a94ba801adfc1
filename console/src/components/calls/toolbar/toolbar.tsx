// What the list is, whether it is live, and what it is narrowed to.
import { type Ref, useCallback, useMemo, useRef } from "react";
import type { CallFilter } from "../../../feed/call-filter.ts";
import { useFeed } from "../../../page/services.ts";
import { useElementWidth } from "../../../page/use-element-width.ts";
import { LiveState } from "./live-state.tsx";
import { ModelFilter } from "./model-filter.tsx";
import { OutcomeFilter } from "./outcome-filter.tsx";

interface ToolbarProps {
  filter: CallFilter;
  onFilter: (filter: CallFilter) => void;
  modelRef: Ref<HTMLInputElement>;
}

/** Below these widths the filters take a line of their own, and the outcomes become a menu. */
const onOneLineFromRem = 40;
const asRowFromRem = 60;

export function Toolbar({ filter, onFilter, modelRef }: ToolbarProps) {
  const { list } = useFeed();
  const bar = useRef<HTMLDivElement>(null);
  const { widthRem } = useElementWidth(bar);
  const seen = useMemo(() => [...new Set(list.rows.map((row) => row.call.model))].sort().slice(0, 50), [list.rows]);
  const setModel = useCallback((model: string) => onFilter({ ...filter, model }), [filter, onFilter]);
  return (
    <div ref={bar} className="flex flex-wrap items-center gap-x-4 gap-y-2 bg-sheet px-4 py-2">
      <h1 className="text-title font-semibold">Calls</h1>
      <LiveState />
      <div className={`flex items-center gap-2 ${widthRem < onOneLineFromRem ? "w-full" : "ml-auto"}`}>
        <OutcomeFilter
          asMenu={widthRem < asRowFromRem}
          value={filter.outcome}
          onChange={(outcome) => onFilter({ ...filter, outcome })}
        />
        <ModelFilter ref={modelRef} value={filter.model} seen={seen} onChange={setModel} />
      </div>
    </div>
  );
}
