// Two texts compared: side by side where there is room, one below the other where there is not. A real table, with signs and
// words beside the colours.
import { useMemo, useRef, useState } from "react";
import { useElementWidth } from "../../../../page/use-element-width.ts";
import { formatCount } from "../../../../format/figures.ts";
import { Button } from "../../../parts/button.tsx";
import { type DiffRow, diffRows, foldSame } from "./diff-rows.ts";
import { SplitRow, UnifiedRows } from "./diff-lines.tsx";

interface DiffViewProps {
  before: string;
  after: string;
  /** What the two are: "As it is", "As it would be". */
  labelBefore: string;
  labelAfter: string;
}

const splitFromRem = 52;
const rowsFirst = 600;

export function DiffView({ before, after, labelBefore, labelAfter }: DiffViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const { widthRem } = useElementWidth(box);
  const [whole, setWhole] = useState(false);
  const [most, setMost] = useState(rowsFirst);
  const rows = useMemo(() => diffRows(before, after), [before, after]);
  const folded = useMemo(() => foldSame(rows), [rows]);
  const isSplit = widthRem >= splitFromRem;
  const drawn = (whole ? rows : folded).slice(0, most);
  const rest = (whole ? rows : folded).length - drawn.length;
  return (
    <div ref={box} className="min-w-0 overflow-hidden rounded-md border border-line bg-sheet">
      <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line bg-paper px-3 py-1 text-fine text-soft">
        <span>{describeDiff(rows)}</span>
        {(whole || folded.some(({ kind }) => kind === "fold")) && (
          <Button kind="bare" aria-pressed={whole} onClick={() => setWhole(!whole)}>
            {whole ? "Only what changed" : "The whole text"}
          </Button>
        )}
      </div>
      {(whole || rows.some(({ kind }) => kind !== "same")) && (
        <table
          aria-label={`${labelBefore} compared with ${labelAfter}`}
          className="w-full table-fixed border-collapse font-mono text-fine leading-5"
        >
          <Columns isSplit={isSplit} />
          <thead className={isSplit ? "font-sans text-fine text-soft" : "visually-hidden"}>
            <tr className="border-b border-line text-left">
              <th scope="col">
                <span className="visually-hidden">Line before</span>
              </th>
              {isSplit && <th className="px-2 py-0.5 font-normal">{labelBefore}</th>}
              <th scope="col">
                <span className="visually-hidden">Line after</span>
              </th>
              <th className="px-2 py-0.5 font-normal">{isSplit ? labelAfter : "Text"}</th>
            </tr>
          </thead>
          <tbody>
            {drawn.map((row, index) =>
              isSplit ? <SplitRow key={index} row={row} /> : <UnifiedRows key={index} row={row} />,
            )}
          </tbody>
        </table>
      )}
      {rest > 0 && (
        <div className="border-t border-line px-3 py-1.5">
          <Button onClick={() => setMost(most * 4)}>Show more of {formatCount(rest)} rows</Button>
        </div>
      )}
    </div>
  );
}

function Columns({ isSplit }: { isSplit: boolean }) {
  return (
    <colgroup>
      <col className="w-12" />
      {isSplit && <col />}
      <col className="w-12" />
      <col />
    </colgroup>
  );
}

/** `2 lines changed, 1 added`; both texts the same: that. */
export function describeDiff(rows: readonly DiffRow[]): string {
  const count = (kind: DiffRow["kind"]): number => rows.filter((row) => row.kind === kind).length;
  const parts = (["changed", "added", "removed"] as const)
    .map((kind) => [kind, count(kind)] as const)
    .filter(([, found]) => found > 0)
    .map(
      ([kind, found], index) => `${formatCount(found)} ${index === 0 ? (found === 1 ? "line " : "lines ") : ""}${kind}`,
    );
  return parts.length === 0 ? "Both are the same." : parts.join(", ");
}
