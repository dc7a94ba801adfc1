// What is pending or firing, the worst first as the API has it, and one of them beside the list.
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { OpenAlert, RuleView } from "../../../../../src/alerts/contract.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Empty } from "../../../components/frame/empty.tsx";
import { Age } from "../../../components/figures/moment.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { TableEnd } from "../../../components/tables/table-count.tsx";
import { useOpenAlerts, useRules } from "../queries.ts";
import { sayAgainst, sayReading } from "../words/say-reading.ts";
import { sayLabels } from "../../../format/say-labels.ts";
import { AlertDrawer } from "./alert-drawer.tsx";
import { AlertState, Severity } from "./alert-state.tsx";
import { isSilenced } from "./matching.ts";
import { type Told, toldOf, useTold } from "./told.ts";

const route = getRouteApi("/alerts");
const keyOf = ({ id }: OpenAlert): string => id;

export function OpenAlerts() {
  const { open = null } = route.useSearch();
  const navigate = useNavigate();
  const asked = useOpenAlerts();
  const rules = useRules();
  const told = useTold();
  const columns = useMemo(() => columnsOf(rules.data, told), [rules.data, told]);
  const show = useCallback(
    (id: string | undefined, replace: boolean) => void navigate({ to: "/alerts", search: { open: id }, replace }),
    [navigate],
  );
  const alerts = asked.data?.alerts ?? [];
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <DataTable
          label="Alerts"
          fill
          rows={alerts}
          rowKey={keyOf}
          columns={columns}
          openKey={open}
          onOpen={({ id }, { replace }) => show(id, replace)}
          loading={asked.isPending}
          problem={asked.isError && asked.data === undefined ? explainError(asked.error) : null}
          empty={<NoAlerts />}
          foot={alerts.length > 0 && <TableEnd shown={alerts.length} />}
        />
      </div>
      {open !== null && <AlertDrawer id={open} onClose={() => show(undefined, false)} />}
    </div>
  );
}

function columnsOf(rules: readonly RuleView[] | undefined, told: Told): Column<OpenAlert>[] {
  return [
    {
      id: "rule",
      head: "Rule",
      width: "minmax(9rem, 1.2fr)",
      priority: 1,
      cell: ({ rule }) => <span className="font-semibold">{rule}</span>,
    },
    {
      id: "state",
      head: "State",
      width: "7.5rem",
      priority: 1,
      cell: (alert) => <AlertState alert={alert} isSilenced={isSilenced(alert)} />,
    },
    {
      id: "labels",
      head: "Of",
      width: "minmax(8rem, 1.5fr)",
      cell: ({ labels }) => <bdi>{sayLabels(labels) || <span className="text-soft">all that it looks at</span>}</bdi>,
    },
    {
      id: "value",
      head: "Is at",
      align: "end",
      width: "7rem",
      priority: 1,
      cell: ({ value, unit }) => sayReading(value, unit),
    },
    {
      id: "threshold",
      head: "Too bad",
      align: "end",
      width: "8.5rem",
      priority: 3,
      cell: (alert) =>
        alert.threshold === null ? "–" : `${sayAgainst(alert)} ${sayReading(alert.threshold, alert.unit)}`,
    },
    {
      id: "severity",
      head: "Severity",
      width: "6rem",
      priority: 3,
      cell: ({ severity }) => <Severity of={severity} />,
    },
    { id: "since", head: "Since", width: "6.5rem", cell: ({ since_ms: ms }) => <Age ms={ms} /> },
    {
      id: "told",
      head: "Goes to",
      width: "minmax(6rem, 1fr)",
      priority: 3,
      cell: (alert) => toldOf(alert, rules, told).words,
    },
  ];
}

function NoAlerts() {
  return (
    <Empty title="Nothing is too bad" code={"binnacle alerts history\nbinnacle alerts list"}>
      No rule finds anything that somebody should hear of. What did fire is under History; what is watched, and how it
      was last read, is under Rules.
    </Empty>
  );
}
