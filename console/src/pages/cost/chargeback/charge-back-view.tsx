// Who is charged for what of a month: a row each, that come to the total, and the same as a file for a spreadsheet.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Costs } from "../../../../../src/observability/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Money } from "../../../components/figures/money.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { SelectField } from "../../../components/inputs/select-field.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { Segmented } from "../../../components/parts/segmented.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { formatCount, formatShare, formatUsd } from "../../../format/figures.ts";
import { saveFile } from "./save-file.ts";
import { useServices } from "../../../page/services.ts";
import { dimensionNames } from "../dimensions.ts";
import { type NameOf, useNames } from "../spend/use-names.ts";
import { type Month, monthsUntil } from "./months.ts";

type Row = Costs["rows"][number];
type ToWhom = "team" | "project" | "user" | "key";

const here = getRouteApi("/cost");
const limit = 1000;
const whom = (["team", "project", "user", "key"] as const).map((value) => ({ value, label: dimensionNames[value] }));
const rowKey = ({ key, is_rest: isRest }: Row): string => (isRest ? "the rest" : JSON.stringify(key));

export function ChargeBackView() {
  const { api } = useServices();
  const search = here.useSearch();
  const navigate = useNavigate({ from: "/cost" });
  const nameOf = useNames();
  const by: ToWhom = search.to_whom ?? "team";
  const months = useMemo(() => monthsUntil(Date.now()), []);
  const month = months.find(({ name }) => name === search.month) ?? months[0];
  const question = { since_ms: month?.since_ms, until_ms: month?.until_ms, by, limit };
  const { data, error } = useQuery({
    queryKey: ["cost", "charge-back", question],
    queryFn: ({ signal }) => api.client.costs.list(question, { signal }),
    placeholderData: keepPreviousData,
  });
  const columns = useMemo(() => columnsOf(by, nameOf), [by, nameOf]);
  return (
    <>
      <div className="flex flex-wrap items-end gap-4">
        <SelectField
          label="Month"
          value={month?.name ?? ""}
          options={months.map(({ name, isOver }) => ({ value: name, label: isOver ? name : `${name}, until now` }))}
          onChange={(name) => void navigate({ search: (before) => ({ ...before, month: name }), replace: true })}
        />
        <Segmented
          label="Charged to"
          options={whom}
          value={by}
          onChange={(next) =>
            void navigate({
              search: (before) => ({ ...before, to_whom: next === "team" ? undefined : next }),
              replace: true,
            })
          }
        />
        <Button
          kind="primary"
          className="ml-auto"
          disabled={data === undefined || data.rows.length === 0}
          onClick={() => void download({ costs: data, month, by, nameOf })}
        >
          Download CSV
        </Button>
      </div>
      <Panel
        title={`By ${dimensionNames[by].toLowerCase()}`}
        note={data === undefined ? "loading …" : describeTotal(data)}
        curl={curlFor(api.origin, "/costs", question)}
        problem={error !== null && data === undefined ? explainError(error) : null}
        flush
      >
        <DataTable
          label={`Costs of the month by ${by}`}
          rows={data?.rows ?? []}
          rowKey={rowKey}
          columns={columns}
          loading={data === undefined}
          empty={<p className="px-4 py-3 text-soft">Nothing is on record of this month.</p>}
        />
      </Panel>
    </>
  );
}

function describeTotal({ total, rows }: Costs): string {
  const unpriced = total.unpriced > 0 ? `; ${formatCount(total.unpriced)} records have no known price` : "";
  return `${formatUsd(total.cost_usd_micros)} in all, ${formatCount(rows.length)} rows${unpriced}`;
}

interface Download {
  costs: Costs | undefined;
  month: Month | undefined;
  by: ToWhom;
  nameOf: NameOf;
}

async function download({ costs, month, by, nameOf }: Download): Promise<void> {
  if (costs === undefined || month === undefined) return;
  const { writeCsv } = await import("./write-csv.ts");
  saveFile(`charge-back-${month.name}-by-${by}.csv`, writeCsv({ costs, month, by, nameOf }), "text/csv");
}

function columnsOf(by: ToWhom, nameOf: NameOf): Column<Row>[] {
  return [
    {
      id: by,
      head: dimensionNames[by],
      width: "minmax(10rem, 2fr)",
      cell: ({ key, is_rest: isRest }) => (
        <bdi className={(key[by] ?? null) === null ? "text-soft" : ""}>
          {isRest ? "all others" : nameOf(by, key[by] ?? null)}
        </bdi>
      ),
      sort: (a, b) => (a.key[by] ?? "").localeCompare(b.key[by] ?? ""),
    },
    figure("cost", "Cost", {
      read: (row) => row.cost_usd_micros,
      priority: 1,
      cell: ({ cost_usd_micros: micros }) => <Money micros={micros} />,
    }),
    figure("share", "Share", { read: (row) => row.share, cell: ({ share }) => formatShare(share), unit: "%" }),
    figure("records", "Records", { read: ({ records }) => records }),
    figure("in", "Tokens in", { read: ({ tokens }) => tokens.input, priority: 3 }),
    figure("out", "Tokens out", { read: ({ tokens }) => tokens.output, priority: 3 }),
    figure("none", "No price", { read: ({ unpriced }) => unpriced, priority: 3 }),
  ];
}

interface Figure extends Partial<Pick<Column<Row>, "cell" | "unit" | "priority">> {
  read: (row: Row) => number;
}

/** A count, where no cell says otherwise. */
function figure(id: string, head: string, { read, ...rest }: Figure): Column<Row> {
  const cell = (row: Row): string => formatCount(read(row));
  return { id, head, align: "end", width: "7.5rem", cell, sort: (a, b) => read(a) - read(b), ...rest };
}
