// The page of objectives and alerts: its tabs, with what is in them counted, and which of them is shown.
import { getRouteApi, Link } from "@tanstack/react-router";
import { Live } from "../../components/figures/live.tsx";
import { curlFor } from "../../api/curl.ts";
import { CopyButton } from "../../components/parts/copy-button.tsx";
import { useServices } from "../../page/services.ts";
import { StateWord } from "../../components/figures/state-word.tsx";
import { Page } from "../../components/frame/page.tsx";
import { Tabs } from "../../components/frame/tabs.tsx";
import { formatCount } from "../../format/figures.ts";
import { Channels } from "./channels/channels.tsx";
import { History } from "./history.tsx";
import { OpenAlerts } from "./open/open-alerts.tsx";
import { useOpenAlerts } from "./queries.ts";
import type { AlertTab } from "./tabs.ts";
import { Rules } from "./rules/rules.tsx";
import { Silences } from "./silences/silences.tsx";
import { Slos } from "./slos/slos.tsx";

const route = getRouteApi("/alerts");

const titles: Record<AlertTab, string> = {
  alerts: "Alerts",
  slos: "SLOs",
  rules: "Rules",
  silences: "Silences",
  channels: "Channels",
  history: "History",
};

/** These are lists with a drawer beside them, and scroll by themselves. */
const filling: readonly AlertTab[] = ["alerts", "rules", "history"];

export function AlertsPage() {
  const { tab = "alerts" } = route.useSearch();
  const { api } = useServices();
  const asked = useOpenAlerts();
  const evaluation = asked.data?.evaluation;
  const counts: Partial<Record<AlertTab, number | undefined>> = {
    alerts: asked.data?.alerts.length,
  };
  const tabs = (
    <Tabs
      label="SLOs and alerts"
      items={Object.entries(titles).map(([name, label]) => ({
        label,
        to: "/alerts" as const,
        search: name === "alerts" ? {} : { tab: name },
        count: counts[name as AlertTab],
      }))}
    />
  );
  return (
    <Page
      title="SLOs and alerts"
      tabs={tabs}
      fill={filling.includes(tab)}
      actions={
        <>
          {tab === "alerts" && (
            <CopyButton text={curlFor(api.origin, "/alerts")} label="the curl command for alerts" word="curl" />
          )}
          <GivenUp count={evaluation?.deliveries_dead ?? 0} />
          <Live updatedAtMs={evaluation?.evaluated_at_ms ?? null} connected={!asked.isError} />
        </>
      }
    >
      {tab === "alerts" && <OpenAlerts />}
      {tab === "slos" && <Slos />}
      {tab === "rules" && <Rules />}
      {tab === "silences" && <Silences />}
      {tab === "channels" && <Channels />}
      {tab === "history" && <History />}
    </Page>
  );
}

/** Somebody should have been told and was not: that must not wait until one looks under Channels. */
function GivenUp({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Link to="/alerts" search={{ tab: "channels", state: "dead" }} className="underline underline-offset-2">
      <StateWord tone="fail">
        {count === 1 ? "1 message given up" : `${formatCount(count)} messages given up`}
      </StateWord>
    </Link>
  );
}
