// The columns of the trail.
import type { AuditEntryView } from "../../../../../src/audit/contract.ts";
import { Moment } from "../../../components/figures/moment.tsx";
import { Outcome } from "../../../components/parts/outcome.tsx";
import type { Column } from "../../../components/tables/data-table.tsx";
import { formatCount } from "../../../format/figures.ts";
import { ActorName, ResourceName } from "./say-entry.tsx";

export const trailColumns: readonly Column<AuditEntryView>[] = [
  {
    id: "action",
    head: "Action",
    width: "minmax(9rem, 1.2fr)",
    cell: ({ action, details }) => (
      <>
        <bdi className="font-semibold">{action}</bdi>
        <CallCount action={action} details={details} />
      </>
    ),
  },
  { id: "actor", head: "Who", width: "minmax(7rem, 1.2fr)", cell: ({ actor }) => <ActorName actor={actor} /> },
  {
    id: "resource",
    head: "What",
    width: "minmax(9rem, 2fr)",
    cell: ({ resource }) => <ResourceName resource={resource} />,
  },
  {
    id: "outcome",
    head: "Outcome",
    width: "5.5rem",
    priority: 1,
    cell: ({ outcome }) => <Outcome outcome={outcome} />,
  },
  {
    id: "organisation",
    head: "Organisation",
    width: "minmax(6rem, 0.8fr)",
    priority: 3,
    cell: ({ organisation }) => <bdi className="text-soft">{organisation}</bdi>,
  },
  { id: "at", head: "When", width: "8.25rem", cell: ({ at_ms }) => <Moment ms={at_ms} /> },
  {
    id: "index",
    head: "Place",
    align: "end",
    width: "4.75rem",
    priority: 1,
    cell: ({ index }) => (index === null ? <span className="text-soft">soon</span> : formatCount(index)),
  },
];

/** An entry of many calls says of how many. */
function CallCount({ action, details }: Pick<AuditEntryView, "action" | "details">) {
  const count = action === "calls.executed" ? details?.["count"] : undefined;
  if (typeof count !== "number") return null;
  return <span className="text-fine text-soft">{` ${formatCount(count)} ${count === 1 ? "call" : "calls"}`}</span>;
}
