// Holds every entry, on the server, against what was signed. What differs is listed in words.
import { useMutation } from "@tanstack/react-query";
import type { VerifiedView } from "../../../../../src/audit/contract.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Moment } from "../../../components/figures/moment.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { DataTable } from "../../../components/tables/data-table.tsx";
import { formatCount } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { type FindingRow, findingColumns, findingKey, rowsOfFindings } from "./finding-columns.tsx";

export function WholeTrail() {
  const { api } = useServices();
  const verify = useMutation({
    mutationFn: async () => ({ verified: await api.client.audit.verify(), atMs: Date.now() }),
  });
  const command = `curl -X POST -H "Authorization: Bearer $BINNACLE_KEY" '${api.origin}/api/v1/audit/verify'`;
  return (
    <Panel
      title="The whole trail"
      problem={verify.isError ? explainError(verify.error) : null}
      aside={
        <>
          <CopyButton text={command} label="the curl command that verifies the whole trail" word="curl" />
          <Button onClick={() => verify.mutate()} disabled={verify.isPending} aria-busy={verify.isPending}>
            {verify.isPending ? "Verifying" : "Verify the whole trail"}
          </Button>
        </>
      }
    >
      {verify.data === undefined ? (
        <p className="text-soft">
          The server holds each entry, each call’s record and each sealed part against what was signed: some ten
          thousand entries a second.
        </p>
      ) : (
        <Result {...verify.data} />
      )}
    </Panel>
  );
}

function Result({ verified, atMs }: { verified: VerifiedView; atMs: number }) {
  const { ok, entries, findings, notices, more } = verified;
  const rows: readonly FindingRow[] = rowsOfFindings(findings, notices);
  return (
    <div className="grid gap-2" aria-live="polite">
      <p className="flex flex-wrap items-baseline gap-x-2">
        {ok ? (
          <StateWord tone="ok">holds</StateWord>
        ) : (
          <StateWord tone="fail">{`${formatCount(findings.length + more)} findings`}</StateWord>
        )}
        <span>
          {ok
            ? `${formatCount(entries)} entries are as they were signed.`
            : `${formatCount(entries)} entries were held against what was signed.`}
        </span>
        <span className="text-fine text-soft">
          at <Moment ms={atMs} />
        </span>
      </p>
      {rows.length > 0 && <DataTable label="Findings" rows={rows} rowKey={findingKey} columns={findingColumns} />}
      {more > 0 && <p className="text-soft">{`${formatCount(more)} more findings are not listed.`}</p>}
    </div>
  );
}
