// The columns of the list of traces.
import type { ReactNode } from "react";
import type { TraceSummary } from "../../../../src/ledger/contract.ts";
import { Moment } from "../../components/figures/moment.tsx";
import { Money } from "../../components/figures/money.tsx";
import { FailedCount } from "../../components/records/activity-columns.tsx";
import { AnyOutcome } from "../../components/records/any-outcome.tsx";
import type { Column } from "../../components/tables/data-table.tsx";
import { formatCount, formatDuration } from "../../format/figures.ts";

type Totals = TraceSummary["totals"];

export const traceColumns: readonly Column<TraceSummary>[] = [
  { id: "name", head: "Began with", width: "minmax(13rem, 2.4fr)", cell: (trace) => <First trace={trace} /> },
  {
    id: "asked",
    head: "Asked",
    width: "minmax(12rem, 3fr)",
    priority: 3,
    cell: ({ first }) => <bdi className="text-soft">{first.request_preview}</bdi>,
  },
  { id: "user", head: "User", width: "minmax(5rem, 0.8fr)", priority: 3, cell: ({ first }) => <bdi>{first.user}</bdi> },
  { id: "started", head: "Started", width: "7.75rem", cell: ({ first }) => <Moment ms={first.started_at_ms} /> },
  { id: "outcome", head: "Outcome", width: "5.5rem", cell: ({ first }) => <AnyOutcome outcome={first.outcome} /> },
  {
    id: "failed",
    head: "Failed",
    align: "end",
    width: "3.5rem",
    priority: 3,
    cell: ({ totals }) => <FailedCount count={totals.failed} />,
  },
  {
    id: "records",
    head: "Records",
    align: "end",
    width: "4.25rem",
    cell: ({ totals }) => atLeast(formatCount(totals.records), totals),
  },
  {
    id: "calls",
    head: "Calls",
    align: "end",
    width: "3.5rem",
    priority: 3,
    cell: ({ totals }) => atLeast(formatCount(totals.calls), totals),
  },
  {
    id: "tokens",
    head: "Tokens",
    align: "end",
    width: "5.5rem",
    priority: 3,
    cell: ({ totals }) => atLeast(formatCount(totals.tokens.input + totals.tokens.output), totals),
  },
  {
    id: "duration",
    head: "Took",
    align: "end",
    width: "5rem",
    cell: ({ totals }) => formatDuration(totals.ended_at_ms - totals.started_at_ms),
  },
  {
    id: "cost",
    head: "Cost",
    unit: "USD",
    align: "end",
    width: "6.5rem",
    priority: 1,
    cell: ({ totals }) => <Spent totals={totals} />,
  },
];

/** A long trace is not summed to its end for a list. */
function atLeast(figure: string, { cut, records }: Totals): ReactNode {
  if (!cut) return figure;
  return (
    <span title={`Of ${formatCount(records)} of its records; the trace itself has the sum of all.`}>{figure}+</span>
  );
}

/** Where no model was asked there is nothing that could have cost. */
function Spent({ totals }: { totals: Totals }) {
  const { cost_usd_micros: micros, tokens } = totals;
  if (micros === 0 && tokens.input + tokens.output === 0) return <span className="font-normal text-soft">–</span>;
  return (
    <>
      <Money micros={micros} />
      {atLeast("", totals)}
    </>
  );
}

function First({ trace: { first, root_is_known: isRoot } }: { trace: TraceSummary }) {
  return (
    <>
      <bdi className="font-semibold">{first.name ?? first.model ?? "unnamed"}</bdi>{" "}
      <span className="text-fine text-soft">
        {first.kind}
        {first.service !== null && <bdi>{` of ${first.service}`}</bdi>}
        {!isRoot && ", its root has not come"}
      </span>
    </>
  );
}
