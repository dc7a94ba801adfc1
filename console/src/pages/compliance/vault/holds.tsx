// Legal holds: what neither retention nor an erasure takes while they stand.
import { useChange } from "../../../page/asking/use-change.ts";
import { useMemo, useState } from "react";
import type { LegalHold } from "../../../../../src/vault/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Moment } from "../../../components/figures/moment.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { ConfirmDialog } from "../../../components/overlays/confirm-dialog.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { useServices } from "../../../page/services.ts";
import { HoldDialog } from "./hold-dialog.tsx";
import { saySubject, SubjectText } from "./say-subject.tsx";
import { useHolds } from "./use-vault.ts";

const keyOf = ({ id }: LegalHold): string => id;

const columns: readonly Column<LegalHold>[] = [
  {
    id: "subject",
    head: "Data of",
    width: "minmax(9rem, 1.5fr)",
    cell: ({ subject }) => <SubjectText subject={subject} />,
  },
  { id: "reason", head: "Why", width: "minmax(8rem, 2fr)", cell: ({ reason }) => <bdi>{reason}</bdi> },
  { id: "by", head: "By", width: "minmax(6rem, 1fr)", priority: 3, cell: ({ by }) => <bdi>{by}</bdi> },
  { id: "made", head: "Since", width: "8.25rem", cell: ({ made_at_ms }) => <Moment ms={made_at_ms} /> },
  {
    id: "state",
    head: "State",
    width: "minmax(7rem, 1fr)",
    priority: 1,
    cell: ({ lifted_at_ms: lifted }) =>
      lifted === null ? (
        <StateWord tone="warn">stands</StateWord>
      ) : (
        <StateWord tone="off">
          lifted <Moment ms={lifted} />
        </StateWord>
      ),
  },
];

export function Holds() {
  const { api, session } = useServices();
  const holds = useHolds();
  const [isNew, setNew] = useState(false);
  const [lifting, setLifting] = useState<LegalHold | null>(null);
  const mayHold = session.operations.includes("vault.hold");
  const mayLift = session.operations.includes("vault.lift");
  const actions = useMemo(() => {
    if (!mayLift) return {};
    const lift = (hold: LegalHold) =>
      hold.lifted_at_ms === null && <Button onClick={() => setLifting(hold)}>Lift</Button>;
    return { actions: lift, actionsWidth: "4rem" };
  }, [mayLift]);
  return (
    <Panel
      title="Legal holds"
      flush
      curl={curlFor(api.origin, "/vault/holds")}
      aside={mayHold && <Button onClick={() => setNew(true)}>Hold data</Button>}
    >
      <DataTable
        label="Legal holds"
        rows={holds.data ?? []}
        rowKey={keyOf}
        columns={columns}
        density="roomy"
        loading={holds.isPending}
        problem={holds.isError ? explainError(holds.error) : null}
        empty="Nothing is held. While a hold stands, neither retention nor an erasure takes what it is about."
        {...actions}
      />
      {isNew && <HoldDialog onClose={() => setNew(false)} />}
      {lifting !== null && <LiftDialog hold={lifting} onClose={() => setLifting(null)} />}
    </Panel>
  );
}

function LiftDialog({ hold, onClose }: { hold: LegalHold; onClose: () => void }) {
  const { api } = useServices();
  const change = useChange("vault");
  const whose = saySubject(hold.subject);
  return (
    <ConfirmDialog
      title="Lift the hold"
      consequence={`Retention takes data of ${whose} again as its age says, from its next sweep on, and an erasure may destroy its keys. What goes then does not come back. It was held for: ${hold.reason}`}
      confirmLabel="Lift the hold"
      tone="danger"
      onConfirm={() => change(() => api.client.vault.lift({ id: hold.id }), `The hold on data of ${whose} was lifted.`)}
      onClose={onClose}
    />
  );
}
