// Who decides in whose place, and until when; one's own can be made and ended.
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Delegation } from "../../../../../src/approvals/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Panel } from "../../../components/figures/panel.tsx";
import { Age, Moment } from "../../../components/figures/moment.tsx";
import { Empty } from "../../../components/frame/empty.tsx";
import { ConfirmDialog } from "../../../components/overlays/confirm-dialog.tsx";
import { toast } from "../../../components/overlays/show-toast.ts";
import { Button } from "../../../components/parts/button.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { useServices } from "../../../page/services.ts";
import { approvalsQuery, useApprovalChange } from "../use-approvals.ts";
import { nameOfVoter, voterOf } from "../words/voter.ts";
import { DelegateDialog } from "./delegate-dialog.tsx";

const rowKey = ({ id }: Delegation): string => id;
const none: readonly Delegation[] = Object.freeze([]);

const columns: readonly Column<Delegation>[] = [
  { id: "from", head: "In whose place", cell: ({ from }) => <bdi>{nameOfVoter(from)}</bdi> },
  { id: "to", head: "Decides", priority: 1, cell: ({ to }) => <bdi>{to}</bdi> },
  { id: "since", head: "Since", width: "9rem", align: "end", cell: (row) => <Moment ms={row.created_at_ms} /> },
  { id: "until", head: "Until", width: "9rem", align: "end", cell: (row) => <Moment ms={row.until_ms} /> },
  { id: "left", head: "Ends", width: "6rem", align: "end", priority: 3, cell: (row) => <Age ms={row.until_ms} /> },
];

export function Delegations() {
  const { api, session } = useServices();
  const change = useApprovalChange();
  const [isAsking, setAsking] = useState(false);
  const [ending, setEnding] = useState<Delegation | null>(null);
  const asked = useQuery({
    queryKey: [approvalsQuery, "delegations"],
    queryFn: ({ signal }) => api.client.approvals.delegations.list(undefined, { signal }),
    refetchInterval: 15_000,
  });
  const own = voterOf(session);
  const mayDelegate = session.operations.includes("approvals.delegations.create");
  const actions = useCallback(
    (row: Delegation) =>
      row.from === own && (
        <Button kind="bare" onClick={() => setEnding(row)}>
          End
        </Button>
      ),
    [own],
  );
  return (
    <div className="grid max-w-4xl gap-3 p-4">
      <p className="max-w-2xl text-read text-soft">
        A delegate decides in somebody’s place, with the roles that they had then. Both together have one voice, and
        what one of them asked for the other cannot decide either.
      </p>
      <Panel
        title="Delegations"
        flush
        curl={curlFor(api.origin, "/approvals/delegations")}
        aside={mayDelegate && <Button onClick={() => setAsking(true)}>Delegate</Button>}
      >
        <DataTable
          label="Delegations"
          rows={asked.data?.delegations ?? none}
          loading={asked.isPending}
          problem={asked.error === null ? null : explainError(asked.error)}
          rowKey={rowKey}
          columns={columns}
          actions={actions}
          actionsWidth="4rem"
          empty={
            <Empty title="Nobody decides for anybody" code="binnacle approvals delegate bob --for 7d">
              Before you are away, let somebody decide for you until you are back.
            </Empty>
          }
        />
      </Panel>
      {isAsking && <DelegateDialog onClose={() => setAsking(false)} />}
      {ending !== null && (
        <ConfirmDialog
          title={`End the delegation to ${ending.to}`}
          consequence={`${ending.to} decides nothing more in your place. What was decided stays.`}
          confirmLabel="End the delegation"
          tone="plain"
          onClose={() => setEnding(null)}
          onConfirm={() =>
            change(async () => {
              await api.client.approvals.delegations.delete({ id: ending.id });
              toast({ text: `${ending.to} no longer decides for you.` });
            })
          }
        />
      )}
    </div>
  );
}
