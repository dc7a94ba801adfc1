// What this month will come to, and what it would at other traffic, with other caches and prices: each turn of a slider asks the API.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { Forecast } from "../../../../../src/observability/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Panel } from "../../../components/figures/panel.tsx";
import { Stat } from "../../../components/figures/stat.tsx";
import { Empty } from "../../../components/frame/empty.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { formatCount, formatUsd } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { whereOf } from "../question.ts";
import { Assumptions } from "./assumptions.tsx";
import { Intervals } from "./intervals.tsx";
import { Sliders, useWish, wishQuestion } from "./sliders.tsx";

const here = getRouteApi("/cost");

export function ForecastView() {
  const { api } = useServices();
  const search = here.useSearch();
  const wish = useWish();
  const question = { ...whereOf(search), ...wishQuestion(wish) };
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ["cost", "forecast", question],
    queryFn: ({ signal }) => api.client.costs.forecast(question, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  if (error !== null && data === undefined) return <Notice problem={explainError(error)} />;
  if (data !== undefined && data.too_early !== null) return <TooEarly {...data.too_early} />;
  const chosen = data?.scenarios.find(({ traffic }) => traffic === wish.traffic) ?? data?.scenarios[0];
  const range = (low: number, high: number): string => `four in five: ${formatUsd(low)} to ${formatUsd(high)}`;
  return (
    <div className="grid gap-4" aria-busy={isPlaceholderData || data === undefined}>
      <div className="grid gap-4 min-[48rem]:grid-cols-3">
        <Stat
          label="Spent this month, until now"
          value={data === undefined ? null : formatUsd(data.month.spent_usd_micros)}
        />
        <Stat
          label="This month, when it ends"
          value={chosen === undefined ? null : formatUsd(chosen.this_month.expected_usd_micros)}
          {...(chosen !== undefined && {
            detail: range(chosen.this_month.low80_usd_micros, chosen.this_month.high80_usd_micros),
          })}
        />
        <Stat
          label="A whole month like it"
          value={chosen === undefined ? null : formatUsd(chosen.steady_month.expected_usd_micros)}
          {...(chosen !== undefined && {
            detail: range(chosen.steady_month.low80_usd_micros, chosen.steady_month.high80_usd_micros),
          })}
        />
      </div>
      <div className="grid items-start gap-4 min-[72rem]:grid-cols-[minmax(0,4fr)_minmax(0,8fr)]">
        <Panel title="What if">
          <Sliders wish={wish} measured={data?.assumed?.cache_share} />
        </Panel>
        <Panel title="What is to come" curl={curlFor(api.origin, "/costs/forecast", question)} flush>
          {data === undefined ? (
            <p className="px-4 pb-3 text-soft">Working it out from what was spent.</p>
          ) : (
            <Intervals scenarios={data.scenarios} chosen={wish.traffic} />
          )}
        </Panel>
      </div>
      {data !== undefined && data.assumed !== null && (
        <Panel title="What is assumed">
          <Assumptions assumed={data.assumed} />
        </Panel>
      )}
    </div>
  );
}

/** So every installation begins. */
function TooEarly({ history_hours: hours, needed_hours: needed }: NonNullable<Forecast["too_early"]>) {
  return (
    <Empty title="Too early to say" code="binnacle costs forecast">
      <p>
        There are {formatCount(Math.floor(hours))} of the {formatCount(needed)} hours that a forecast begins with, from
        the first hour with cost on. A wider choice of records may have more of them.
      </p>
      <p className="pt-2">
        What was spent is carried on to the end of this month and over a whole one, at as much traffic as now and at
        more, with other caches and prices.
      </p>
    </Empty>
  );
}
