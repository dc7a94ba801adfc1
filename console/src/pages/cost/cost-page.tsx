// What was spent, by whom and on what; by which prompts; what is to come; and to whom it is charged.
import { getRouteApi } from "@tanstack/react-router";
import { Page } from "../../components/frame/page.tsx";
import { Tabs } from "../../components/frame/tabs.tsx";
import { useMay } from "../../page/services.ts";
import { ChargeBackView } from "./chargeback/charge-back-view.tsx";
import { ForecastView } from "./forecast/forecast-view.tsx";
import { PatternsView } from "./patterns/patterns-view.tsx";
import { narrowedTo } from "./question.ts";
import { FilterChips } from "./spend/filter-chips.tsx";
import { RangeChoice } from "./spend/range-choice.tsx";
import { ByChoice } from "./spend/by-choice.tsx";
import { SpendView } from "./spend/spend-view.tsx";

const here = getRouteApi("/cost");

export function CostPage() {
  const search = here.useSearch();
  const { tab } = search;
  const mayReadPatterns = useMay("read_bodies");
  const tabTo = (label: string, to?: typeof tab) => ({ label, to: "/cost" as const, search: { ...search, tab: to } });
  const items = [
    tabTo("Spend"),
    ...(mayReadPatterns ? [tabTo("Kinds of prompts", "patterns")] : []),
    tabTo("Forecast", "forecast"),
    tabTo("Charge-back", "charge-back"),
  ];
  const hasToolbar = tab === undefined || tab === "patterns" || (tab === "forecast" && narrowedTo(search).length > 0);
  const toolbar = hasToolbar ? (
    <div className="flex min-w-0 flex-wrap items-center gap-2 pt-2">
      {tab === undefined && <ByChoice />}
      {tab !== "forecast" && <RangeChoice />}
      <FilterChips />
    </div>
  ) : undefined;
  return (
    <Page title="Cost" tabs={<Tabs label="Cost" items={items} />} toolbar={toolbar}>
      {tab === undefined && <SpendView />}
      {tab === "patterns" && <PatternsView />}
      {tab === "forecast" && <ForecastView />}
      {tab === "charge-back" && <ChargeBackView />}
    </Page>
  );
}
