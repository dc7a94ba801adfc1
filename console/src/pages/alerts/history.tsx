// What began and ended to fire, newest first; of all rules, or of one.
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { HistoryEntry } from "../../../../src/alerts/contract.ts";
import { curlFor } from "../../api/curl.ts";
import { Moment } from "../../components/figures/moment.tsx";
import { Empty } from "../../components/frame/empty.tsx";
import { SelectField } from "../../components/inputs/select-field.tsx";
import { CopyButton } from "../../components/parts/copy-button.tsx";
import { type Column, DataTable } from "../../components/tables/data-table.tsx";
import { useInfiniteRows } from "../../components/tables/use-infinite-rows.tsx";
import { formatDuration } from "../../format/figures.ts";
import { useServices } from "../../page/services.ts";
import { AlertDrawer } from "./open/alert-drawer.tsx";
import { AlertState, Severity } from "./open/alert-state.tsx";
import { useRules } from "./queries.ts";
import { sayLabels } from "../../format/say-labels.ts";
import { sayAgainst, sayReading } from "./words/say-reading.ts";

const route = getRouteApi("/alerts");
const keyOf = ({ id }: HistoryEntry): string => id;

const columns: Column<HistoryEntry>[] = [
  {
    id: "rule",
    head: "Rule",
    width: "minmax(8rem, 1fr)",
    priority: 1,
    cell: ({ alert: { rule } }) => <span className="font-semibold">{rule}</span>,
  },
  { id: "to", head: "Became", width: "7rem", priority: 1, cell: ({ alert }) => <AlertState alert={alert} /> },
  { id: "at", head: "When", width: "9rem", priority: 1, cell: ({ at_ms: ms }) => <Moment ms={ms} /> },
  { id: "labels", head: "Of", width: "minmax(9rem, 1.5fr)", cell: ({ alert }) => <bdi>{sayLabels(alert.labels)}</bdi> },
  {
    id: "value",
    head: "Was at",
    align: "end",
    width: "7rem",
    priority: 1,
    cell: ({ alert }) => sayReading(alert.value, alert.unit),
  },
  {
    id: "threshold",
    head: "Too bad",
    align: "end",
    width: "8.5rem",
    priority: 3,
    cell: ({ alert }) =>
      alert.threshold === null ? "–" : `${sayAgainst(alert)} ${sayReading(alert.threshold, alert.unit)}`,
  },
  {
    id: "severity",
    head: "Severity",
    width: "6rem",
    priority: 3,
    cell: ({ alert }) => <Severity of={alert.severity} />,
  },
  {
    id: "lasted",
    head: "Lasted",
    width: "7rem",
    priority: 3,
    cell: ({ at_ms: atMs, alert }) => (atMs > alert.since_ms ? `for ${formatDuration(atMs - alert.since_ms)}` : null),
  },
];

export function History() {
  const { api } = useServices();
  const { open, rule } = route.useSearch();
  const navigate = useNavigate();
  const rules = useRules();
  const list = useInfiniteRows(
    ["alerts", "history", rule],
    async (cursor, signal) => {
      const query = { limit: 100, ...(rule !== undefined && { rule }), ...(cursor !== undefined && { cursor }) };
      const { entries, next_cursor } = await api.client.alerts.history(query, { signal });
      return { rows: entries, next_cursor };
    },
    { refetchInterval: 15_000 },
  );
  const openKey = open === undefined ? null : (list.rows.find(({ alert }) => alert.id === open)?.id ?? null);
  const go = (search: { open?: string | undefined; rule?: string | undefined }, replace: boolean): void =>
    void navigate({ to: "/alerts", search: { tab: "history", ...search }, replace });
  const names = [...new Set([...(rules.data ?? []).map(({ name }) => name), ...(rule === undefined ? [] : [rule])])];
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="flex items-end justify-between gap-3 border-b border-line bg-sheet px-4 py-2">
          <div className="w-56">
            <SelectField
              label={<span className="visually-hidden">Of which rule</span>}
              value={rule ?? ""}
              onChange={(chosen) => go({ rule: chosen === "" ? undefined : chosen }, true)}
              options={[{ value: "", label: "All rules" }, ...names.map((name) => ({ value: name, label: name }))]}
            />
          </div>
          <CopyButton
            text={curlFor(api.origin, "/alerts/history", { rule })}
            label="the curl command for this list"
            word="curl"
          />
        </div>
        <DataTable
          label="History of alerts"
          fill
          {...list.table}
          rowKey={keyOf}
          columns={columns}
          openKey={openKey}
          onOpen={({ alert }, { replace }) => go({ open: alert.id, rule }, replace)}
          empty={
            <Empty title="Nothing has fired yet" code="binnacle alerts history">
              When an alert begins or ends, that is kept here for 90 days.
            </Empty>
          }
        />
      </div>
      {open !== undefined && <AlertDrawer id={open} onClose={() => go({ rule }, false)} />}
    </div>
  );
}
