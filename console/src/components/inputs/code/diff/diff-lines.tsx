// The rows of a comparison, drawn.
import type { ReactNode } from "react";
import type { DiffRow, Line, Piece } from "./diff-rows.ts";

const number = "border-r border-line px-2 text-right align-top text-soft select-none";
const text = "foreign px-2 align-top";
/** `whitespace-pre-wrap` comes with `foreign`. */
const grounds = { removed: "bg-alarm", added: "bg-shoal", none: "" };

export function SplitRow({ row }: { row: DiffRow }) {
  if (row.kind === "fold") return <FoldRow count={row.count} columns={4} />;
  const isSame = row.kind === "same";
  return (
    <tr>
      <td className={number}>{row.before?.number}</td>
      <td className={`${text} border-r border-line ${isSame || row.before === null ? "" : grounds.removed}`}>
        <Content line={row.before} side={isSame ? "none" : "removed"} />
      </td>
      <td className={number}>{row.after?.number}</td>
      <td className={`${text} ${isSame || row.after === null ? "" : grounds.added}`}>
        <Content line={row.after} side={isSame ? "none" : "added"} />
      </td>
    </tr>
  );
}

/** A line that changed takes two rows: what it was, what it is. */
export function UnifiedRows({ row }: { row: DiffRow }) {
  if (row.kind === "fold") return <FoldRow count={row.count} columns={3} />;
  if (row.kind === "same") return <UnifiedRow before={row.before} after={row.after} line={row.after} side="none" />;
  return (
    <>
      {row.before !== null && <UnifiedRow before={row.before} after={null} line={row.before} side="removed" />}
      {row.after !== null && <UnifiedRow before={null} after={row.after} line={row.after} side="added" />}
    </>
  );
}

interface UnifiedRowProps {
  before: Line | null;
  after: Line | null;
  line: Line;
  side: "removed" | "added" | "none";
}

function UnifiedRow({ before, after, line, side }: UnifiedRowProps) {
  return (
    <tr>
      <td className={number}>{before?.number}</td>
      <td className={number}>{after?.number}</td>
      <td className={`${text} ${grounds[side]}`}>
        <Content line={line} side={side} />
      </td>
    </tr>
  );
}

function Content({ line, side }: { line: Line | null; side: "removed" | "added" | "none" }): ReactNode {
  if (line === null) return null;
  const sign = { removed: "−", added: "+", none: " " }[side];
  const word = { removed: "Removed: ", added: "Added: ", none: "" }[side];
  return (
    <span className="grid grid-cols-[1rem_minmax(0,1fr)]">
      <span className={side === "removed" ? "text-fail" : "text-ok"}>
        <span aria-hidden="true">{sign}</span>
        <span className="visually-hidden">{word}</span>
      </span>
      <span>
        {line.pieces.map((piece, index) => (
          <Marked key={index} piece={piece} side={side} />
        ))}
      </span>
    </span>
  );
}

function Marked({ piece, side }: { piece: Piece; side: "removed" | "added" | "none" }) {
  if (!piece.isMarked) return piece.text;
  const look = side === "removed" ? "line-through decoration-fail" : "underline decoration-ok";
  return <span className={`font-semibold decoration-1 underline-offset-2 ${look}`}>{piece.text}</span>;
}

function FoldRow({ count, columns }: { count: number; columns: number }) {
  return (
    <tr className="border-y border-line bg-paper font-sans text-soft">
      <td colSpan={columns} className="px-3">
        {count === 1 ? "1 line is" : `${count} lines are`} the same
      </td>
    </tr>
  );
}
