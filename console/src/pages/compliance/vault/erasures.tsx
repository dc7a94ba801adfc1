// Certificates of erasures: what was destroyed, when, by whom, why. They name nobody, so that they may be kept.
import { useState } from "react";
import type { ErasureCertificate } from "../../../../../src/vault/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Moment } from "../../../components/figures/moment.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { formatCount } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { CertificateDialog } from "./certificate-dialog.tsx";
import { EraseDialog } from "./erase-dialog.tsx";
import { useErasures } from "./use-vault.ts";

const keyOf = ({ id }: ErasureCertificate): string => id;

const columns: readonly Column<ErasureCertificate>[] = [
  { id: "reason", head: "Why", width: "minmax(9rem, 2fr)", cell: ({ reason }) => <bdi>{reason}</bdi> },
  { id: "by", head: "By", width: "minmax(6rem, 1fr)", priority: 3, cell: ({ by }) => <bdi>{by}</bdi> },
  { id: "at", head: "When", width: "8.25rem", cell: ({ at_ms }) => <Moment ms={at_ms} /> },
  {
    id: "keys",
    head: "Keys destroyed",
    align: "end",
    width: "8rem",
    cell: ({ keys_destroyed: keys }) => formatCount(keys),
  },
  {
    id: "records",
    head: "Records",
    align: "end",
    width: "6rem",
    priority: 1,
    cell: ({ records }) => formatCount(records),
  },
];

export function Erasures() {
  const { api, session } = useServices();
  const erasures = useErasures();
  const [isErasing, setErasing] = useState(false);
  const [shown, setShown] = useState<ErasureCertificate | null>(null);
  return (
    <Panel
      title="Erasures"
      flush
      curl={curlFor(api.origin, "/vault/erasures")}
      aside={session.operations.includes("vault.erase") && <Button onClick={() => setErasing(true)}>Erase data</Button>}
    >
      <DataTable
        label="Certificates of erasures"
        rows={erasures.data ?? []}
        rowKey={keyOf}
        columns={columns}
        density="roomy"
        onOpen={setShown}
        loading={erasures.isPending}
        problem={erasures.isError ? explainError(erasures.error) : null}
        empty="Nothing was erased. An erasure destroys the keys of somebody’s data, and leaves a signed certificate here."
      />
      {isErasing && <EraseDialog onClose={() => setErasing(false)} />}
      {shown !== null && <CertificateDialog certificate={shown} onClose={() => setShown(null)} />}
    </Panel>
  );
}
