// Every switch that was thrown, newest first, those that hold too.
import type { Switch } from "../../../../src/governance/contract.ts";
import { Empty } from "../../components/frame/empty.tsx";
import { Moment } from "../../components/figures/moment.tsx";
import { StateWord } from "../../components/figures/state-word.tsx";
import { type Column, DataTable } from "../../components/tables/data-table.tsx";
import { TableCount } from "../../components/tables/table-count.tsx";
import { formatDuration } from "../../format/figures.ts";
import { useSwitches } from "./use-switches.ts";
import { describeTarget, endOf } from "./words/describe.ts";

const rowKey = ({ id }: Switch): string => id;
const none: readonly Switch[] = Object.freeze([]);

const columns: readonly Column<Switch>[] = [
  { id: "what", head: "What", width: "minmax(11rem, 1.4fr)", cell: (row) => <bdi>{describeTarget(row)}</bdi> },
  { id: "state", head: "State", width: "9rem", priority: 1, cell: (row) => <State off={row} /> },
  {
    id: "reason",
    head: "Reason",
    width: "minmax(10rem, 2.5fr)",
    cell: ({ reason }) => <bdi title={reason}>{reason}</bdi>,
  },
  { id: "by", head: "Thrown by", width: "minmax(7rem, 1fr)", cell: ({ thrown_by: { name } }) => <bdi>{name}</bdi> },
  {
    id: "lifter",
    head: "Lifted by",
    width: "minmax(7rem, 1fr)",
    priority: 3,
    cell: ({ lifted_by: by }) => <bdi>{by?.name ?? ""}</bdi>,
  },
  { id: "held", head: "Was off", width: "7rem", align: "end", priority: 3, cell: (row) => heldFor(row) },
  {
    id: "at",
    head: "Thrown at",
    width: "9rem",
    align: "end",
    priority: 1,
    cell: (row) => <Moment ms={row.thrown_at_ms} />,
  },
];

export function History() {
  const { switches, problem } = useSwitches("all");
  return (
    <DataTable
      label="Kill switches, those that were lifted too"
      fill
      rows={switches ?? none}
      rowKey={rowKey}
      columns={columns}
      loading={switches === undefined && problem === null}
      problem={problem}
      foot={
        switches !== undefined &&
        switches.length > 0 && (
          <div className="px-4 py-2">
            <TableCount shown={switches.length} />
          </div>
        )
      }
      empty={
        <Empty title="No switch was ever thrown" code={'binnacle switches throw agent crawler --reason "it loops"'}>
          When something goes wrong, a switch ends it at once and everywhere. What was thrown stays on record here.
        </Empty>
      }
    />
  );
}

function State({ off }: { off: Switch }) {
  const end = endOf(off, Date.now());
  if (end === "holds") return <StateWord tone="fail">off now</StateWord>;
  return <StateWord tone="off">{end === "lifted" ? "lifted" : "ran out"}</StateWord>;
}

function heldFor(off: Switch): string {
  const endMs = off.lifted_at_ms ?? off.ends_at_ms;
  return endOf(off, Date.now()) === "holds" || endMs === null ? "" : formatDuration(endMs - off.thrown_at_ms);
}
