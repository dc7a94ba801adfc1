// Policies: what decides now, the versions that there are, and the editor in which others come about.
import { useState } from "react";
import { curlFor } from "../../api/curl.ts";
import { Live } from "../../components/figures/live.tsx";
import { Page } from "../../components/frame/page.tsx";
import { Tabs } from "../../components/frame/tabs.tsx";
import { CopyButton } from "../../components/parts/copy-button.tsx";
import { useServices } from "../../page/services.ts";
import { ActiveView } from "./active/active-view.tsx";
import { useAddress } from "./address.ts";
import type { Files } from "./editor/edit-files.ts";
import { EditorView } from "./editor/editor-view.tsx";
import { useActivePolicies, useVersions } from "./use-policies.ts";
import { VersionsView } from "./versions/versions-view.tsx";

export function PoliciesPage() {
  const { api } = useServices();
  const { tab } = useAddress();
  const active = useActivePolicies();
  const versions = useVersions();
  // Kept while the reader looks at other parts of the page.
  const [written, setWritten] = useState<Files | null>(null);
  const inReview = versions.data?.versions.filter(({ state }) => state === "review").length;
  return (
    <Page
      title="Policies"
      fill={tab === "versions"}
      actions={
        <>
          <Live updatedAtMs={active.dataUpdatedAt === 0 ? null : active.dataUpdatedAt} connected={!active.isError} />
          <CopyButton
            text={curlFor(api.origin, tab === "versions" ? "/policies/versions" : "/policies/active")}
            label="the curl command for policies"
            word="curl"
          />
        </>
      }
      tabs={
        <Tabs
          label="Parts of policies"
          items={[
            { label: "Active", to: "/policies", search: {} },
            { label: "Versions", to: "/policies", search: { tab: "versions" }, count: inReview },
            { label: "Editor", to: "/policies", search: { tab: "edit" } },
          ]}
        />
      }
    >
      {tab === "active" && <ActiveView />}
      {tab === "versions" && <VersionsView onEdit={setWritten} />}
      {tab === "edit" && <EditorView written={written} onWritten={setWritten} />}
    </Page>
  );
}
