// What the evidence shows, framework by framework; and what is sealed, erased and held.
import { Page } from "../../components/frame/page.tsx";
import { Tabs } from "../../components/frame/tabs.tsx";
import { useAddress } from "./address.ts";
import { Frameworks } from "./reports/frameworks.tsx";
import { ReportActions } from "./reports/report-actions.tsx";
import { ReportToolbar } from "./reports/report-toolbar.tsx";
import { ReportView } from "./reports/report-view.tsx";
import { VaultActions } from "./vault/vault-actions.tsx";
import { VaultView } from "./vault/vault-view.tsx";

export function CompliancePage() {
  const { search } = useAddress();
  const { framework, tab } = search;
  const tabs = (
    <Tabs
      label="Compliance"
      items={[
        { label: "Reports", to: "/compliance", search: { ...search, tab: undefined, open: undefined } },
        { label: "Vault, erasures and holds", to: "/compliance", search: { tab: "vault" } },
      ]}
    />
  );
  if (tab === "vault")
    return (
      <Page title="Compliance" tabs={tabs} actions={<VaultActions />}>
        <VaultView />
      </Page>
    );
  if (framework === undefined)
    return (
      <Page title="Compliance" tabs={tabs}>
        <Frameworks />
      </Page>
    );
  return (
    <Page
      title="Compliance"
      tabs={tabs}
      fill
      actions={<ReportActions framework={framework} />}
      toolbar={<ReportToolbar framework={framework} />}
    >
      <ReportView framework={framework} />
    </Page>
  );
}
