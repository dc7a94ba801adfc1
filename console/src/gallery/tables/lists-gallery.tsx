// Tables in the gallery: short, long, a tree, and the states in which there is nothing to list.
import { useCallback, useMemo, useState } from "react";
import { type Column, DataTable } from "../../components/tables/data-table.tsx";
import { Pager } from "../../components/tables/table-count.tsx";
import { useInfiniteRows } from "../../components/tables/use-infinite-rows.tsx";
import { TreeTable } from "../../components/tables/tree-table.tsx";
import { Menu } from "../../components/overlays/menu.tsx";
import { toast } from "../../components/overlays/show-toast.ts";
import { Drawer } from "../../components/overlays/drawer.tsx";
import { formatCount, formatUsd } from "../../format/figures.ts";
import { inventKeys, type InventedKey, type InventedSpan, inventSpans } from "./invented-rows.ts";
import { Specimen } from "./specimen.tsx";

const columns: Column<InventedKey>[] = [
  {
    id: "name",
    head: "Key",
    width: "minmax(10rem, 2fr)",
    cell: (key) => key.name,
    sort: (a, b) => a.name.localeCompare(b.name),
  },
  { id: "team", head: "Team", cell: (key) => <bdi>{key.team}</bdi>, sort: (a, b) => a.team.localeCompare(b.team) },
  { id: "model", head: "Model", priority: 3, width: "minmax(8rem, 1fr)", cell: (key) => key.model },
  { id: "state", head: "State", width: "5.5rem", cell: (key) => key.state },
  {
    id: "calls",
    head: "Calls",
    align: "end",
    width: "5rem",
    cell: (key) => formatCount(key.calls),
    sort: (a, b) => a.calls - b.calls,
  },
  {
    id: "spent",
    head: "Spent",
    unit: "USD",
    align: "end",
    width: "7rem",
    priority: 1,
    cell: (key) => formatUsd(key.spent_micros),
    sort: (a, b) => a.spent_micros - b.spent_micros,
  },
];

const spanColumns: Column<InventedSpan>[] = [
  { id: "name", head: "Span", width: "minmax(14rem, 3fr)", cell: (span) => span.name },
  {
    id: "count",
    head: "Below it",
    align: "end",
    width: "5rem",
    priority: 3,
    cell: (span) => formatCount(span.children.length),
  },
  {
    id: "ms",
    head: "Took",
    unit: "ms",
    align: "end",
    width: "5rem",
    priority: 1,
    cell: (span) => formatCount(span.ms),
  },
];

const keyOf = (row: { id: string }): string => row.id;
const childrenOf = (span: InventedSpan): InventedSpan[] => span.children;

export function ListsGallery() {
  return (
    <>
      <Specimen name="A short table: sorted by its heads, rows that can be picked out, a menu at each">
        <ShortTable />
      </Specimen>
      <Specimen name="100,000 rows beside a drawer">
        <LongTable />
      </Specimen>
      <Specimen name="Page by page, as one scrolls; 1,000 rows at most">
        <PagedTable />
      </Specimen>
      <Specimen name="A tree of 5,000">
        <LongTree />
      </Specimen>
      <Specimen name="Plain: no keys, no links">
        <DataTable label="Plain" rows={inventKeys(3)} rowKey={keyOf} columns={columns.slice(0, 3)} />
      </Specimen>
      <Specimen name="Empty">
        <DataTable
          label="Empty"
          rows={[]}
          rowKey={keyOf}
          columns={columns}
          empty="No key yet. Make one, and it stands here."
        />
      </Specimen>
      <Specimen name="Loading">
        <DataTable label="Loading" rows={[]} rowKey={keyOf} columns={columns} loading />
      </Specimen>
      <Specimen name="A problem">
        <DataTable
          label="Problem"
          rows={[]}
          rowKey={keyOf}
          columns={columns}
          problem={{
            kind: "away",
            code: "x",
            message: "Binnacle does not answer.",
            fix: "Look whether `binnacle start` runs.",
          }}
        />
      </Specimen>
    </>
  );
}

function ShortTable() {
  const rows = useMemo(() => inventKeys(9), []);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(["key_2"]));
  const actions = useCallback(
    (row: InventedKey) => (
      <Menu
        label={`Actions for ${row.name}`}
        items={[
          { label: "Rotate", onSelect: () => toast({ text: `${row.name} has a new secret.` }), shortcut: "r" },
          { label: "Copy its id", onSelect: () => toast({ text: "Copied." }) },
          {
            label: "Revoke",
            tone: "danger",
            isApart: true,
            onSelect: () => toast({ text: `${row.name} is revoked.`, undo: async () => {} }),
          },
        ]}
      />
    ),
    [],
  );
  return (
    <DataTable
      label="Keys"
      rows={rows}
      rowKey={keyOf}
      columns={columns}
      hrefOf={hrefOf}
      selected={selected}
      onSelect={setSelected}
      actions={actions}
      sortFirst={{ by: "spent", descending: true }}
      foot={<Pager shown={9} more={false} isLoading={false} onMore={() => {}} />}
    />
  );
}

const hrefOf = (row: InventedKey): string => `#/keys/${row.id}`;

function LongTable() {
  const rows = useMemo(() => inventKeys(100_000), []);
  const [openKey, setOpenKey] = useState<string | null>(null);
  return (
    <div className="flex h-96 flex-col">
      <div className="flex min-h-0 flex-1">
        <DataTable
          label="Many keys"
          rows={rows}
          rowKey={keyOf}
          columns={columns}
          hrefOf={hrefOf}
          onOpen={(row) => setOpenKey(row.id)}
          openKey={openKey}
          fill
        />
        {openKey !== null && (
          <Drawer label="Record of a key" title={openKey} contentKey={openKey} onClose={() => setOpenKey(null)}>
            <p className="px-5 py-4">What there is to say about it.</p>
          </Drawer>
        )}
      </div>
    </div>
  );
}

const pageSize = 100;

async function fetchInvented(cursor: string | undefined) {
  const from = Number(cursor ?? 0);
  await new Promise((resolve) => setTimeout(resolve, 150));
  return { rows: inventKeys(from + pageSize).slice(from), next_cursor: String(from + pageSize) };
}

function PagedTable() {
  const list = useInfiniteRows(["gallery", "paged"], fetchInvented, { rowsMax: 1000 });
  return (
    <div className="flex h-64 flex-col">
      <DataTable label="Paged keys" rowKey={keyOf} columns={columns} {...list.table} fill />
    </div>
  );
}

function LongTree() {
  const roots = useMemo(() => inventSpans(5000), []);
  return (
    <div className="flex h-96 flex-col">
      <TreeTable label="Spans" roots={roots} childrenOf={childrenOf} rowKey={keyOf} columns={spanColumns} fill />
    </div>
  );
}
