// What was spent: the total, its course by the dearest, and a row for each value, which narrows to that value.
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Empty } from "../../../components/frame/empty.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { useServices } from "../../../page/services.ts";
import { CostTable } from "./cost-table.tsx";
import { SpendChart } from "./spend-chart.tsx";
import { Totals } from "./totals.tsx";
import { useCosts } from "./use-costs.ts";
import { useNames } from "./use-names.ts";

export function SpendView() {
  const { api } = useServices();
  const { data, error, isPending } = useCosts();
  const nameOf = useNames();
  if (error !== null && data === undefined) return <Notice problem={explainError(error)} />;
  if (data?.costs.total.records === 0) return <NothingSpent />;
  const curl = data && curlFor(api.origin, "/costs", data.question);
  return (
    <>
      <Totals total={data?.costs.total} />
      <SpendChart series={data?.series} nameOf={nameOf} loading={isPending} />
      <CostTable costs={data?.costs} nameOf={nameOf} curl={curl} />
    </>
  );
}

function NothingSpent() {
  return (
    <Empty title="Nothing in this time" code="binnacle costs --by user --since 7d">
      No record stands in the time that is chosen, with all that it is narrowed to. Take a longer time, or take a
      condition away.
    </Empty>
  );
}
