// Versions of the policies, newest first; one of them open beside the list.
import { useCallback } from "react";
import type { PolicyVersionView } from "../../../../../src/policy/contract.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Empty } from "../../../components/frame/empty.tsx";
import { Moment } from "../../../components/figures/moment.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { useMedia } from "../../../page/use-media.ts";
import { useAddress } from "../address.ts";
import { useVersions } from "../use-policies.ts";
import type { PolicyFile } from "./pair-files.ts";
import { VersionDrawer } from "./version-drawer.tsx";
import { VersionState } from "./version-state.tsx";

const rowKey = ({ number }: PolicyVersionView): string => String(number);
const none: readonly PolicyVersionView[] = Object.freeze([]);

const columns: readonly Column<PolicyVersionView>[] = [
  { id: "number", head: "Version", width: "5rem", cell: ({ number }) => number, sort: (a, b) => a.number - b.number },
  { id: "state", head: "State", width: "7.5rem", priority: 1, cell: ({ state }) => <VersionState state={state} /> },
  { id: "note", head: "Note", width: "minmax(12rem, 3fr)", cell: ({ note }) => <bdi title={note}>{note}</bdi> },
  { id: "by", head: "Proposed by", cell: ({ proposed }) => <bdi>{proposed.key_name}</bdi> },
  { id: "approved", head: "Approved by", priority: 3, cell: ({ approved }) => <bdi>{approved?.key_name ?? ""}</bdi> },
  {
    id: "at",
    head: "Proposed at",
    width: "9rem",
    align: "end",
    priority: 1,
    cell: ({ proposed }) => <Moment ms={proposed.at_ms} />,
  },
];

export function VersionsView({ onEdit }: { onEdit: (files: readonly PolicyFile[]) => void }) {
  const { version, goTo, hrefOf } = useAddress();
  const asked = useVersions();
  const isNarrow = !useMedia("(min-width: 68rem)");
  const link = useCallback((row: PolicyVersionView) => hrefOf(row.number), [hrefOf]);
  const open = useCallback(
    (row: PolicyVersionView, how: { replace: boolean }) => goTo({ version: row.number }, how),
    [goTo],
  );
  return (
    <div className="flex min-h-0 flex-1">
      <div inert={version !== null && isNarrow} className="flex min-w-0 flex-1 flex-col">
        <DataTable
          label="Versions of the policies"
          fill
          rows={asked.data?.versions ?? none}
          rowKey={rowKey}
          columns={columns}
          loading={asked.isPending}
          problem={asked.error === null ? null : explainError(asked.error)}
          hrefOf={link}
          onOpen={open}
          openKey={version === null ? null : String(version)}
          empty={
            <Empty
              title="No policies of your own yet"
              code='binnacle policy propose policies --note "secret data stay in the EU"'
            >
              The shipped policies decide alone. Write your own under Editor: they are proposed, reviewed, and then
              decide on every process within a second.
            </Empty>
          }
        />
      </div>
      {version !== null && <VersionDrawer number={version} onEdit={onEdit} onClose={() => goTo({ version: null })} />}
    </div>
  );
}
