// The columns of the list of controls: what each asks for, and what its evidence shows.
import type { Control, Report } from "../../../../../src/compliance/contract.ts";
import type { Column } from "../../../components/tables/data-table.tsx";
import { FindingMark } from "./findings.tsx";

/** Before a report was made, evidence has names alone. */
export function controlColumns(report: Report | null): readonly Column<Control>[] {
  const pieces = new Map(report?.evidence.map((piece) => [piece.id, piece]));
  return [
    { id: "id", head: "Control", width: "6.5rem", cell: ({ id }) => <bdi className="font-semibold">{id}</bdi> },
    { id: "title", head: "Asks for", width: "minmax(8rem, 1fr)", priority: 1, cell: ({ title }) => title },
    {
      id: "evidence",
      head: report === null ? "Evidence that answers it" : "What the evidence shows",
      width: "minmax(21rem, 3fr)",
      cell: ({ evidence }) => (
        <span className="inline-flex gap-x-4">
          {evidence.map((id) => {
            const piece = pieces.get(id);
            if (piece === undefined) return <span key={id}>{nameOf(id)}</span>;
            return <FindingMark key={id} finding={piece.finding} title={nameOf(id)} />;
          })}
        </span>
      ),
    },
  ];
}

/** `retention:184d` holds what is kept against a least time. */
export const nameOf = (id: string): string => id.replace(":", " ").replaceAll("_", " ");
