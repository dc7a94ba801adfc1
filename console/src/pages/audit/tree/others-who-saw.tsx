// Who outside remembers the tree: witnesses that co-sign it, and receivers that were told of its entries.
import type { AuditState } from "../../../../../src/audit/contract.ts";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { DataTable, type Column } from "../../../components/tables/data-table.tsx";
import { formatCount } from "../../../format/figures.ts";

interface Other {
  name: string;
  kind: "witness" | "receiver";
  reached: number;
  behind: number;
  error: string | null;
}

const columns: readonly Column<Other>[] = [
  { id: "name", head: "Name", cell: ({ name }) => <bdi>{name}</bdi> },
  { id: "kind", head: "As", width: "6rem", cell: ({ kind }) => kind },
  {
    id: "state",
    head: "State",
    width: "minmax(8rem, 2fr)",
    cell: ({ error, behind }) => (
      <StateWord tone={error !== null ? "fail" : behind > 0 ? "warn" : "ok"}>
        {error ?? (behind > 0 ? `${formatCount(behind)} entries behind` : "up to date")}
      </StateWord>
    ),
  },
  {
    id: "reached",
    head: "Reached",
    unit: "entries",
    align: "end",
    width: "8rem",
    priority: 1,
    cell: ({ reached }) => formatCount(reached),
  },
];

const keyOf = ({ kind, name }: Other): string => `${kind} ${name}`;

export function OthersWhoSaw({ state: { size, witnesses, receivers } }: { state: AuditState }) {
  const others: Other[] = [
    ...witnesses.map((one) => other(one.name, "witness", { reached: one.size, size, error: one.last_error })),
    ...receivers.map((one) => other(one.name, "receiver", { reached: one.sent, size, error: one.last_error })),
  ];
  return (
    <Panel title="Witnesses and receivers" flush={others.length > 0}>
      {others.length === 0 ? (
        <p className="text-soft">
          None. Whoever has the signing key, the database and the data folder could tell another story from its
          beginning; witnesses that co-sign checkpoints (audit.witnesses) and receivers that keep entries
          (audit.receivers) remember what they saw.
        </p>
      ) : (
        <DataTable label="Witnesses and receivers" rows={others} rowKey={keyOf} columns={columns} />
      )}
    </Panel>
  );
}

interface Progress {
  reached: number;
  size: number;
  error: string | null;
}

const other = (name: string, kind: Other["kind"], { reached, size, error }: Progress): Other => ({
  name,
  kind,
  reached,
  behind: Math.max(0, size - reached),
  error,
});
