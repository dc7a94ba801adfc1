// The page of settings: its tabs, and which of them is shown.
import { getRouteApi } from "@tanstack/react-router";
import { Page } from "../../components/frame/page.tsx";
import { Tabs } from "../../components/frame/tabs.tsx";
import { About } from "./about.tsx";
import { Configuration } from "./configuration/configuration.tsx";
import { Health } from "./health/health.tsx";
import { Storage } from "./storage/storage.tsx";

const route = getRouteApi("/settings");

const titles = { configuration: "Configuration", storage: "Storage", health: "Health", about: "About" } as const;

export function SettingsPage() {
  const { tab = "configuration" } = route.useSearch();
  const tabs = (
    <Tabs
      label="Settings"
      items={Object.entries(titles).map(([name, label]) => ({
        label,
        to: "/settings" as const,
        search: name === "configuration" ? {} : { tab: name },
      }))}
    />
  );
  return (
    <Page title="Settings" tabs={tabs} fill={tab === "configuration"}>
      {tab === "configuration" && <Configuration />}
      {tab === "storage" && <Storage />}
      {tab === "health" && <Health />}
      {tab === "about" && <About />}
    </Page>
  );
}
