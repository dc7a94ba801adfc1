// A report: its controls, and beside them the one that is open with its evidence. Before one was made, what it will ask for.
import { useCallback, useMemo } from "react";
import type { Control, FrameworkView, Report } from "../../../../../src/compliance/contract.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Notice } from "../../../components/parts/notice.tsx";
import { DataTable } from "../../../components/tables/data-table.tsx";
import { useAddress } from "../address.ts";
import { ControlDrawer } from "../evidence/control-drawer.tsx";
import { controlColumns } from "./control-columns.tsx";
import { ReportHead } from "./report-head.tsx";
import { useFrameworks, useReport } from "./use-report.ts";

const keyOf = ({ id }: Control): string => id;

export function ReportView({ framework: id }: { framework: string }) {
  const { search, goTo, hrefOf } = useAddress();
  const frameworks = useFrameworks();
  const report = useReport(id);
  const framework = report.data?.framework ?? frameworks.data?.find((each) => each.id === id);
  const columns = useMemo(() => controlColumns(report.data ?? null), [report.data]);
  const hrefOfRow = useCallback((control: Control) => hrefOf({ open: control.id }), [hrefOf]);
  const open = useCallback(
    (control: Control, { replace }: { replace: boolean }) => goTo({ open: control.id }, replace),
    [goTo],
  );
  const control = framework?.controls.find((each) => each.id === search.open);
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto">
        {report.isError && (
          <div className="p-3">
            <Notice problem={explainError(report.error)} />
          </div>
        )}
        {framework !== undefined && <ReportHead framework={framework} report={report.data ?? null} />}
        <DataTable
          label="Controls"
          rows={framework?.controls ?? []}
          rowKey={keyOf}
          columns={columns}
          hrefOf={hrefOfRow}
          onOpen={open}
          openKey={search.open ?? null}
          loading={frameworks.isPending || report.isFetching}
          problem={frameworks.isError ? explainError(frameworks.error) : null}
        />
        {framework !== undefined && <Dates framework={framework} report={report.data ?? null} />}
      </div>
      {control !== undefined && (
        <ControlDrawer control={control} report={report.data ?? null} onClose={() => goTo({ open: undefined })} />
      )}
    </div>
  );
}

function Dates({ framework: { dates }, report }: { framework: FrameworkView; report: Report | null }) {
  return (
    <div className="grid gap-2 px-4 py-3 text-fine text-soft">
      {dates.map(({ date, what, source }) => (
        <p key={`${date} ${what}`}>
          <span className="text-ink">{date}</span>: {what}{" "}
          <a href={source.url} target="_blank" rel="noreferrer" className="text-pen underline underline-offset-2">
            {source.name}
          </a>
        </p>
      ))}
      {report !== null && (
        <p>
          {`Made by ${report.made_by.name} with Binnacle ${report.version}. SHA-256 `}
          <span className="font-mono break-all text-ink">{report.sha256}</span>
          {" stands in the audit entry of its making."}
        </p>
      )}
    </div>
  );
}
