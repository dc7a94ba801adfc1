// A call with findings as a row.
import type { CallSummary } from "../../../../../src/ledger/contract.ts";
import { Moment } from "../../../components/figures/moment.tsx";
import { Outcome } from "../../../components/parts/outcome.tsx";
import type { Column } from "../../../components/tables/data-table.tsx";

export const callColumns: readonly Column<CallSummary>[] = [
  { id: "at", head: "When", width: "9.5rem", cell: ({ started_at_ms: atMs }) => <Moment ms={atMs} /> },
  { id: "outcome", head: "Outcome", width: "7rem", priority: 1, cell: ({ outcome }) => <Outcome outcome={outcome} /> },
  { id: "model", head: "Model", cell: ({ model }) => <bdi className="font-mono text-fine">{model}</bdi> },
  { id: "key", head: "Key", cell: ({ who }) => <bdi>{who.key_name}</bdi> },
  { id: "user", head: "User", priority: 3, cell: ({ who }) => <bdi>{who.user ?? ""}</bdi> },
  {
    id: "error",
    head: "Refused because",
    width: "minmax(8rem, 2fr)",
    priority: 3,
    cell: ({ error }) => <bdi title={error?.message}>{error?.message ?? ""}</bdi>,
  },
];
