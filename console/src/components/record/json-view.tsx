// JSON in lines that fold, as it was written. Drawn in pieces: what is long opens on request, and nothing is as deep as its data.
import { useMemo, useState } from "react";
import { formatCount } from "../../format/figures.ts";
import { Button } from "../parts/button.tsx";
import { type JsonRow, readJsonRows } from "./json-rows.ts";
import { LongText } from "./long-text.tsx";

const rowsFirst = 400;
const rowsMore = 1000;
/** Lines that a page can hold; whoever wants more has the copy. */
const rowsMost = 20_000;
/** Of a name, for those who hear it. */
const spokenMost = 100;
/** Deeper lines stand at this depth and say their own. */
const indentMost = 20;

export function JsonView({ text, label }: { text: string; label: string }) {
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [rowsMax, setRowsMax] = useState(rowsFirst);
  const { rows, hasMore } = useMemo(() => readJsonRows(text, { folded, rowsMax }), [text, folded, rowsMax]);
  const toggle = (offset: number): void =>
    setFolded((before) => {
      const next = new Set(before);
      if (!next.delete(offset)) next.add(offset);
      return next;
    });
  return (
    <div
      role="group"
      aria-label={label}
      tabIndex={0}
      className="max-h-[40rem] overflow-auto py-1.5 font-mono text-fine leading-5"
    >
      {rows.map((row) => (
        <Line key={`${row.kind === "close" ? "end" : ""}${row.offset}`} row={row} onToggle={toggle} />
      ))}
      {hasMore && (
        <p className="px-3 pt-1 font-sans text-body">
          {rowsMax < rowsMost ? (
            <Button kind="bare" className="-ml-1" onClick={() => setRowsMax(Math.min(rowsMost, rowsMax + rowsMore))}>
              Show {formatCount(rowsMore)} more lines
            </Button>
          ) : (
            <span className="text-soft">
              A page holds no more than {formatCount(rowsMost)} lines. The whole of it can be copied.
            </span>
          )}
        </p>
      )}
    </div>
  );
}

function Line({ row, onToggle }: { row: JsonRow; onToggle: (offset: number) => void }) {
  const { depth, name, kind, text, hasComma, entries } = row;
  const canFold = kind === "open" || kind === "folded";
  return (
    <div
      className={`flex pr-3 ${canFold ? "items-center" : "items-start"}`}
      style={{ paddingLeft: `${0.5 + Math.min(depth, indentMost) * 1.125}rem` }}
    >
      {canFold ? (
        <button
          type="button"
          aria-expanded={kind === "open"}
          aria-label={`${name?.slice(0, spokenMost) ?? (text.startsWith("{") ? "Object" : "List")}, ${kind === "open" ? "fold" : "unfold"}`}
          onClick={() => onToggle(row.offset)}
          className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-soft hover:bg-tide hover:text-ink"
        >
          <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true" fill="currentColor">
            {kind === "open" ? <path d="M0 2h8L4 7z" /> : <path d="M2 0v8l5-4z" />}
          </svg>
        </button>
      ) : (
        <span className="w-6 shrink-0" />
      )}
      <span className="foreign min-w-0">
        {depth > indentMost && kind !== "close" && <span className="text-soft">{`depth ${depth} `}</span>}
        {name !== null && (
          <>
            <span className="text-soft">
              <LongText text={name} isInline />
            </span>
            :{" "}
          </>
        )}
        {kind === "value" ? <LongText text={text} isInline /> : text}
        {kind === "folded" && (
          <span className="text-soft">{` ${formatCount(entries)} ${entries === 1 ? "entry" : "entries"}`}</span>
        )}
        {hasComma && <span className="text-soft">,</span>}
      </span>
    </div>
  );
}
