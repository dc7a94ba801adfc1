// The columns of lists of sessions and of users: what they came to, and when they were last seen.
import type { Activity } from "../../../../src/ledger/contract.ts";
import { formatCount } from "../../format/figures.ts";
import { Age } from "../figures/moment.tsx";
import { Money } from "../figures/money.tsx";
import { StateGlyph } from "../figures/state-word.tsx";
import type { Column } from "../tables/data-table.tsx";

interface Wish {
  head: string;
  /** What a trace is to them. */
  counts: string;
  /** Sessions say whose they are. */
  hasUsers: boolean;
}

export function activityColumns({ head, counts, hasUsers }: Wish): readonly Column<Activity>[] {
  return [
    {
      id: "name",
      head,
      width: "minmax(10rem, 1.5fr)",
      cell: ({ name }) => <bdi className="font-semibold">{name}</bdi>,
    },
    ...(hasUsers ? [users] : []),
    {
      id: "last",
      head: "Asked last",
      width: "minmax(10rem, 3fr)",
      priority: 3,
      cell: ({ last_request_preview: text }) => <bdi className="text-soft">{text}</bdi>,
    },
    {
      id: "traces",
      head: counts,
      align: "end",
      width: "4.5rem",
      cell: ({ traces }) => formatCount(traces),
    },
    {
      id: "calls",
      head: "Calls",
      align: "end",
      width: "4.5rem",
      priority: 3,
      cell: ({ totals }) => formatCount(totals.calls),
    },
    {
      id: "failed",
      head: "Failed",
      align: "end",
      width: "4.5rem",
      priority: 3,
      cell: ({ totals }) => <FailedCount count={totals.failed} />,
    },
    {
      id: "tokens",
      head: "Tokens in → out",
      align: "end",
      width: "8rem",
      priority: 3,
      cell: ({ totals: { tokens } }) => `${formatCount(tokens.input)} → ${formatCount(tokens.output)}`,
    },
    {
      id: "used",
      head: "Last used",
      align: "end",
      width: "6rem",
      cell: ({ totals }) => <Age ms={totals.ended_at_ms} />,
    },
    {
      id: "cost",
      head: "Cost",
      unit: "USD",
      align: "end",
      width: "6.5rem",
      priority: 1,
      cell: ({ totals }) => <Money micros={totals.cost_usd_micros} />,
    },
  ];
}

const users: Column<Activity> = {
  id: "users",
  head: "User",
  width: "minmax(7rem, 1fr)",
  cell: ({ users: names }) => (names.length === 0 ? null : <bdi>{names.join(", ")}</bdi>),
};

/** Zero stays quiet. */
export function FailedCount({ count }: { count: number }) {
  if (count === 0) return <span className="text-soft">0</span>;
  return (
    <span className="inline-flex items-center gap-1.5 font-semibold text-fail">
      <StateGlyph tone="fail" />
      {formatCount(count)}
    </span>
  );
}
