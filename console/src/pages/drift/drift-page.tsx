// The page of drift: what is found, what is watched, and what it is compared with.
import { getRouteApi } from "@tanstack/react-router";
import { Age } from "../../components/figures/moment.tsx";
import { StateWord } from "../../components/figures/state-word.tsx";
import { Page } from "../../components/frame/page.tsx";
import { Tabs } from "../../components/frame/tabs.tsx";
import { Baselines } from "./baselines/baselines.tsx";
import { Profiles } from "./baselines/profiles.tsx";
import { Findings } from "./findings/findings.tsx";
import { useDrift } from "./queries.ts";
import type { DriftTab } from "./tabs.ts";

const route = getRouteApi("/drift");

const titles: Record<DriftTab, string> = { findings: "Findings", profiles: "Profiles", baselines: "Baselines" };

export function DriftPage() {
  const { tab = "findings" } = route.useSearch();
  const { data } = useDrift();
  const counts: Partial<Record<DriftTab, number | undefined>> = {
    findings: data?.open,
    profiles: data?.profiles.length,
  };
  const tabs = (
    <Tabs
      label="Drift"
      items={Object.entries(titles).map(([name, label]) => ({
        label,
        to: "/drift" as const,
        search: name === "findings" ? {} : { tab: name },
        count: counts[name as DriftTab],
      }))}
    />
  );
  return (
    <Page title="Drift" tabs={tabs} fill={tab === "findings"} actions={data !== undefined && <Looked state={data} />}>
      {tab === "findings" && <Findings />}
      {tab === "profiles" && <Profiles />}
      {tab === "baselines" && <Baselines />}
    </Page>
  );
}

/** How far the record was looked at: what came later is not in anything on this page. */
function Looked({ state }: { state: { enabled: boolean; looked_until_ms: number | null } }) {
  if (!state.enabled) return <StateWord tone="off">off: drift.enabled is false</StateWord>;
  return (
    <span className="text-fine text-soft">
      {state.looked_until_ms === null ? (
        "not looked yet"
      ) : (
        <>
          records until <Age ms={state.looked_until_ms} />
        </>
      )}
    </span>
  );
}
