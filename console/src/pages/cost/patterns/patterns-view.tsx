// What was spent on which kind of prompt: requests of one template together, with what one of them costs.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import type { Patterns } from "../../../../../src/observability/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Money } from "../../../components/figures/money.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { Empty } from "../../../components/frame/empty.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { formatCount, formatShare } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { NONE } from "../dimensions.ts";
import { stretchOf, whereOf } from "../question.ts";
import { hrefAt } from "../../../page/address/href-at.ts";

type Row = Patterns["rows"][number];

const here = getRouteApi("/cost");
const limit = 100;
const rowKey = ({ pattern, is_rest: isRest }: Row): string => (isRest ? "the rest" : (pattern ?? NONE));

export function PatternsView() {
  const { api } = useServices();
  const search = here.useSearch();
  const router = useRouter();
  const { range, from, to } = search;
  const where = whereOf(search);
  const { data, error } = useQuery({
    queryKey: ["cost", "patterns", { range, from, to, where }],
    queryFn: async ({ signal }) => {
      const question = { ...stretchOf(search, Date.now()), ...where, limit };
      return { patterns: await api.client.costs.patterns(question, { signal }), question };
    },
    refetchInterval: 30_000,
    placeholderData: keepPreviousData,
  });
  const hrefOf = useCallback(
    ({ pattern, is_rest: isRest }: Row) =>
      hrefAt(
        router,
        router.buildLocation({
          to: "/cost",
          search: isRest ? search : { ...search, tab: undefined, by: "model", pattern: pattern ?? NONE },
        }),
      ),
    [router, search],
  );
  if (error !== null && data === undefined) return <Notice problem={explainError(error)} />;
  if (data?.patterns.total.records === 0) return <NoPatterns />;
  return (
    <Panel
      title="By kind of prompt"
      note="what differs from one to the next is left out"
      curl={data && curlFor(api.origin, "/costs/patterns", data.question)}
      flush
    >
      <DataTable
        label="Costs by kind of prompt"
        rows={data?.patterns.rows ?? []}
        rowKey={rowKey}
        columns={columns}
        hrefOf={hrefOf}
        loading={data === undefined}
      />
    </Panel>
  );
}

function NoPatterns() {
  return (
    <Empty title="Nothing in this time" code="binnacle costs patterns">
      Requests that were made from one template stand here as one, once there are some in the time that is chosen. They
      are told by the words that are kept: with <code>ledger.bodies.store: false</code> there are none.
    </Empty>
  );
}

const columns: Column<Row>[] = [
  {
    id: "example",
    head: "Begins like",
    width: "minmax(16rem, 4fr)",
    cell: ({ example, is_rest: isRest, pattern }) =>
      isRest ? (
        <span className="text-soft">all others</span>
      ) : pattern === null ? (
        <span className="text-soft">no pattern: met once, or without words that are kept</span>
      ) : (
        <bdi title={example ?? ""}>{example}</bdi>
      ),
  },
  figure("mean", "A request", { cell: ({ mean_cost_usd_micros: micros }) => <Money micros={micros} /> }),
  figure("cost", "All", { cell: ({ cost_usd_micros: micros }) => <Money micros={micros} />, priority: 1 }),
  figure("share", "Share", { cell: ({ share }) => formatShare(share), unit: "%", width: "5rem" }),
  figure("records", "Requests", { cell: ({ records }) => formatCount(records), width: "5.5rem" }),
  figure("in", "Tokens in, each", { cell: ({ mean_input_tokens: mean }) => formatCount(Math.round(mean)) }),
  figure("out", "Tokens out, each", {
    width: "7rem",
    cell: ({ mean_output_tokens: mean }) => formatCount(Math.round(mean)),
  }),
  figure("saved", "Saved by cache", { cell: ({ saved_usd_micros: micros }) => <Money micros={micros} />, priority: 3 }),
  figure("wasted", "Wasted", { cell: ({ wasted_usd_micros: micros }) => <Money micros={micros} />, priority: 3 }),
];

type Rest = Pick<Column<Row>, "cell"> & Partial<Column<Row>>;

function figure(id: string, head: string, rest: Rest): Column<Row> {
  return { id, head, align: "end", width: "6.5rem", ...rest };
}
