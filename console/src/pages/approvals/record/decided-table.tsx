// What was decided, and what nobody decided in time, newest first.
import { useCallback } from "react";
import type { Approval } from "../../../../../src/approvals/contract.ts";
import { Empty } from "../../../components/frame/empty.tsx";
import { Moment } from "../../../components/figures/moment.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { useInfiniteRows } from "../../../components/tables/use-infinite-rows.tsx";
import { useServices } from "../../../page/services.ts";
import type { Fate } from "../parts-of-page.ts";
import { approvalsQuery } from "../use-approvals.ts";
import { verdictOf } from "../words/describe.ts";

interface DecidedTableProps {
  fate: Fate | null;
  openId: string | null;
  hrefOf: (id: string) => string;
  onOpen: (id: string, options: { replace: boolean }) => void;
}

const pageSize = 100;
const rowKey = ({ id }: Approval): string => id;

const columns: readonly Column<Approval>[] = [
  { id: "what", head: "What", width: "minmax(12rem, 3fr)", cell: ({ what }) => <bdi>{what}</bdi> },
  {
    id: "fate",
    head: "What became of it",
    width: "minmax(11rem, 1.2fr)",
    priority: 1,
    cell: (row) => <StateWord {...wordOf(row)} />,
  },
  { id: "asker", head: "Asked by", cell: ({ asked_by: { name } }) => <bdi>{name}</bdi> },
  { id: "by", head: "Decided by", cell: (row) => <bdi>{row.votes.map(({ by }) => by.name).join(", ")}</bdi> },
  {
    id: "reason",
    head: "Reason",
    width: "minmax(8rem, 2fr)",
    priority: 3,
    cell: ({ votes }) => (
      <bdi className="text-soft">
        {votes
          .map(({ note }) => note)
          .filter(Boolean)
          .join("; ")}
      </bdi>
    ),
  },
  {
    id: "at",
    head: "Settled at",
    width: "9rem",
    align: "end",
    priority: 1,
    cell: (row) => (row.settled_at_ms === null ? "" : <Moment ms={row.settled_at_ms} />),
  },
];

function wordOf(row: Approval) {
  const { tone, word } = verdictOf(row);
  return { tone, children: word };
}

export function DecidedTable({ fate, openId, hrefOf, onOpen }: DecidedTableProps) {
  const { api } = useServices();
  const state = fate === null || fate === "silence" ? undefined : fate;
  const list = useInfiniteRows<Approval>([approvalsQuery, "decided", fate], async (cursor, signal) => {
    const page = await api.client.approvals.list({ limit: pageSize, cursor, state }, { signal });
    return { rows: page.approvals.filter((row) => isShown(row, fate)), next_cursor: page.next_cursor };
  });
  const link = useCallback((row: Approval) => hrefOf(row.id), [hrefOf]);
  const open = useCallback((row: Approval, how: { replace: boolean }) => onOpen(row.id, how), [onOpen]);
  return (
    <DataTable
      label="Decided approvals"
      {...list.table}
      fill
      rowKey={rowKey}
      columns={columns}
      hrefOf={link}
      onOpen={open}
      openKey={openId}
      empty={
        <Empty title="Nothing has been decided">
          What was settled stays here for as long as <code>approvals.retention</code> says.
        </Empty>
      }
    />
  );
}

/** The server tells refused from approved, not who or what refused. */
function isShown({ state, settled_by: by }: Approval, fate: Fate | null): boolean {
  if (state === "pending") return false;
  if (fate === "silence") return by === "silence";
  return fate === null || by !== "silence";
}
