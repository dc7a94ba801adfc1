// Teams and budgets: who is in the house, what each may still spend, and who can sign in.
import { curlFor } from "../../api/curl.ts";
import { FindField } from "../../components/access/find-field.tsx";
import { OrganisationChoice } from "../../components/access/organisation-choice.tsx";
import { Live } from "../../components/figures/live.tsx";
import { Page } from "../../components/frame/page.tsx";
import { Tabs } from "../../components/frame/tabs.tsx";
import { CopyButton } from "../../components/parts/copy-button.tsx";
import { useServices } from "../../page/services.ts";
import { useAddress } from "./address.ts";
import { NewMenu } from "./changes/new-menu.tsx";
import { PeopleView } from "./people/people-view.tsx";
import { TreeView } from "./tree-view.tsx";
import { useTree } from "./use-tree.ts";

export function DirectoryPage() {
  const { api, session } = useServices();
  const { search, organisation, find, tab, goTo } = useAddress();
  const tree = useTree(organisation);
  // Only those of the installation's own organisation sign in as themselves.
  const hasPeople = session.is_installation && organisation === session.organisation;
  const isPeople = tab === "people" && hasPeople;
  const tabs = (
    <Tabs
      label="Parts of the directory"
      items={[
        { label: "Tree", to: "/directory", search: { ...search, tab: undefined } },
        ...(hasPeople ? [{ label: "People", to: "/directory" as const, search: { ...search, tab: "people" } }] : []),
      ]}
    />
  );
  const toolbar = (
    <>
      <FindField label="Find" value={find} onChange={(next) => goTo({ find: next }, true)} />
      <OrganisationChoice value={organisation} onChange={(next) => goTo({ organisation: next, open: undefined })} />
      <span className="ml-auto inline-flex items-center gap-1">
        <Live updatedAtMs={tree.updatedAtMs} connected={tree.problem === null} />
        <CopyButton
          text={isPeople ? curlFor(api.origin, "/people") : curlFor(api.origin, "/budgets", { organisation })}
          label={isPeople ? "the curl command for people" : "the curl command for budgets"}
          word="curl"
        />
      </span>
    </>
  );
  return (
    <Page title="Teams and budgets" actions={<NewMenu />} tabs={tabs} toolbar={toolbar} fill>
      {isPeople ? <PeopleView /> : <TreeView tree={tree} />}
    </Page>
  );
}
