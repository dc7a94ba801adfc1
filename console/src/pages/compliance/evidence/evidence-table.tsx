// A table of a piece of evidence, folded: some have hundreds of rows. Entries of the audit trail lead there.
import { Link } from "@tanstack/react-router";
import type { Cell, Table } from "../../../../../src/compliance/contract.ts";
import { formatCount } from "../../../format/figures.ts";
import { sayCell } from "./say-cell.ts";

const rowsShown = 200;
/** The column that the report fills with ids of audit entries. */
const entryColumn = "entry";

export function EvidenceTable({ table: { title, columns, rows, is_cut: isCut } }: { table: Table }) {
  if (rows.length === 0)
    return (
      <p className="text-fine text-soft">
        {title}: <span className="text-ink">none</span>
      </p>
    );
  return (
    <details className="min-w-0">
      <summary className="min-h-6 cursor-pointer text-pen">
        <span className="underline underline-offset-2">{title}</span>{" "}
        <span className="text-fine text-soft">{`${formatCount(rows.length)}${isCut ? " and more" : ""}`}</span>
      </summary>
      <div
        className="mt-1 max-h-96 overflow-auto rounded-md border border-line"
        tabIndex={0}
        role="group"
        aria-label={title}
      >
        <table aria-label={title} className="w-full border-collapse text-fine">
          <thead className="sticky top-0 bg-shoal">
            <tr>
              {columns.map((column) => (
                <th key={column} className="px-2 py-1 text-start font-normal whitespace-nowrap text-soft">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, rowsShown).map((row, index) => (
              <tr key={index} className="border-t border-line">
                {row.map((cell, at) => (
                  <td key={at} className={`px-2 py-1 align-top ${typeof cell === "number" ? "text-end" : ""}`}>
                    <CellText column={columns[at] ?? ""} cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function CellText({ column, cell }: { column: string; cell: Cell }) {
  if (column !== entryColumn || typeof cell !== "string") return <span className="foreign">{sayCell(cell)}</span>;
  return (
    <Link to="/audit" search={{ open: cell }} className="font-mono text-pen underline underline-offset-2">
      {cell.slice(0, 13)}…
    </Link>
  );
}
