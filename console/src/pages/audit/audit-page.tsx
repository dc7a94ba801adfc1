// The audit trail: who did what, and the tree that it stands in.
import { Page } from "../../components/frame/page.tsx";
import { Tabs } from "../../components/frame/tabs.tsx";
import { useAddress } from "./address.ts";
import { Trail } from "./trail/trail.tsx";
import { TrailActions } from "./trail/trail-actions.tsx";
import { TrailToolbar } from "./trail/trail-toolbar.tsx";
import { TreeActions } from "./tree/actions/tree-actions.tsx";
import { TreeView } from "./tree/tree-view.tsx";

export function AuditPage() {
  const { search } = useAddress();
  const isTree = search.tab === "tree";
  const tabs = (
    <Tabs
      label="Audit trail"
      items={[
        { label: "Entries", to: "/audit", search: { ...search, tab: undefined } },
        { label: "Tree and proofs", to: "/audit", search: { ...search, tab: "tree" } },
      ]}
    />
  );
  return (
    <Page
      title="Audit trail"
      tabs={tabs}
      fill={!isTree}
      actions={isTree ? <TreeActions /> : <TrailActions />}
      toolbar={isTree ? undefined : <TrailToolbar />}
    >
      {isTree ? <TreeView /> : <Trail />}
    </Page>
  );
}
