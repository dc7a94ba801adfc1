// A row for each value, the dearest first, and one for all others: together they are the total. A row narrows to its value.
import { getRouteApi, useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { Costs } from "../../../../../src/observability/contract.ts";
import { Money } from "../../../components/figures/money.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { formatCount, formatShare } from "../../../format/figures.ts";
import { type Dimension, dimensionNames, nextDimension, NONE, readBy } from "../dimensions.ts";
import { narrowedTo } from "../question.ts";
import type { CostSearch } from "../search.ts";
import { rowsMax } from "./use-costs.ts";
import type { NameOf } from "./use-names.ts";
import { hrefAt } from "../../../page/address/href-at.ts";

type CostRow = Costs["rows"][number];
const here = getRouteApi("/cost");

interface CostTableProps {
  costs: Costs | undefined;
  nameOf: NameOf;
  curl: string | undefined;
}

const rowKey = ({ key, is_rest: isRest }: CostRow): string => (isRest ? "the rest" : JSON.stringify(key));

export function CostTable({ costs, nameOf, curl }: CostTableProps) {
  const search = here.useSearch();
  const navigate = useNavigate({ from: "/cost" });
  const router = useRouter();
  const by = useMemo(() => readBy(costs?.by.join(",")), [costs?.by]);
  const columns = useMemo(() => columnsOf(by, nameOf), [by, nameOf]);
  const hrefOf = useCallback(
    (row: CostRow) =>
      hrefAt(router, router.buildLocation({ to: "/cost", search: row.is_rest ? search : narrowTo(search, by, row) })),
    [router, search, by],
  );
  const title = `By ${by.map((dimension) => dimensionNames[dimension].toLowerCase()).join(" and ")}`;
  const isTagged = by.includes("tag");
  return (
    <Panel title={title} note={isTagged ? "a record with two tags is under both" : undefined} curl={curl} flush>
      <DataTable
        label={`Costs ${title.toLowerCase()}`}
        rows={costs?.rows ?? []}
        rowKey={rowKey}
        columns={columns}
        hrefOf={hrefOf}
        sort={{ by: search.order ?? "cost", descending: true }}
        onSort={({ by: order }) =>
          void navigate({ search: (before) => ({ ...before, order: readOrder(order) }), replace: true })
        }
        loading={costs === undefined}
        foot={
          costs !== undefined && costs.rows.length > rowsMax ? `The first ${rowsMax}; all others are one row.` : null
        }
      />
    </Panel>
  );
}

const readOrder = (order: string): CostSearch["order"] =>
  (["records", "wasted", "saved"] as const).find((each) => each === order);

/** The row's values on top of what it is narrowed to already, split by what comes next. */
export function narrowTo(search: CostSearch, by: readonly Dimension[], row: Pick<CostRow, "key">): CostSearch {
  const chosen = Object.fromEntries(by.map((dimension) => [dimension, row.key[dimension] ?? NONE]));
  const narrowed = new Set([...narrowedTo(search).map(({ dimension }) => dimension), ...by]);
  return { ...search, ...chosen, by: nextDimension(narrowed, by[0] ?? "model") };
}

function columnsOf(by: readonly Dimension[], nameOf: NameOf): Column<CostRow>[] {
  const figures: Column<CostRow>[] = [
    figure("cost", "Cost", {
      cell: ({ cost_usd_micros: micros }) => <Money micros={micros} />,
      sortKey: "cost",
      priority: 1,
    }),
    figure("share", "Share", { cell: ({ share }) => <ShareBar share={share} />, unit: "%", width: "8.5rem" }),
    figure("records", "Records", { cell: ({ records }) => formatCount(records), sortKey: "records" }),
    figure("input", "Tokens in", { cell: ({ tokens }) => formatCount(tokens.input), priority: 3 }),
    figure("output", "Tokens out", { cell: ({ tokens }) => formatCount(tokens.output), priority: 3 }),
    figure("saved", "Saved by cache", {
      cell: ({ saved_usd_micros: micros }) => <Money micros={micros} />,
      sortKey: "saved",
    }),
    figure("wasted", "Wasted", {
      cell: ({ wasted_usd_micros: micros }) => <Money micros={micros} />,
      sortKey: "wasted",
    }),
    figure("unpriced", "No price", {
      cell: ({ unpriced }) => (unpriced === 0 ? "–" : formatCount(unpriced)),
      priority: 3,
    }),
  ];
  return [
    ...by.map((dimension, index): Column<CostRow> => ({
      id: dimension,
      head: dimensionNames[dimension],
      width: "minmax(9rem, 2fr)",
      priority: 1,
      cell: ({ key, is_rest: isRest }) =>
        isRest ? (
          <span className="text-soft">{index === 0 ? "all others" : ""}</span>
        ) : (
          <bdi className={key[dimension] === null ? "text-soft" : ""}>{nameOf(dimension, key[dimension] ?? null)}</bdi>
        ),
    })),
    ...figures,
  ];
}

type Rest = Pick<Column<CostRow>, "cell"> & Partial<Column<CostRow>>;

function figure(id: string, head: string, rest: Rest): Column<CostRow> {
  return { id, head, align: "end", width: "7.5rem", ...rest };
}

/** A bar along the figure: what the eye compares. */
function ShareBar({ share }: { share: number }) {
  return (
    <span className="inline-flex items-center gap-2">
      <span aria-hidden="true" className="h-1.5 w-12 bg-line/60 max-sm:hidden">
        <span className="block h-full bg-series-1" style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
      </span>
      <span className="text-right sm:w-9">{formatShare(share)}</span>
    </span>
  );
}
