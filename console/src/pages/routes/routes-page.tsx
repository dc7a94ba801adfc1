// Routes and vendors: which of their parts is shown.
import { getRouteApi } from "@tanstack/react-router";
import { Page } from "../../components/frame/page.tsx";
import { Tabs } from "../../components/frame/tabs.tsx";
import { NewRoute } from "./list/new-route.tsx";
import { RouteList } from "./list/route-list.tsx";
import { OneRoute } from "./one/one-route.tsx";
import { VendorsView } from "./vendors/vendors-view.tsx";

const route = getRouteApi("/routes/{-$name}");

export function RoutesPage() {
  const { name } = route.useParams();
  const { tab } = route.useSearch();
  if (name !== undefined) return <OneRoute key={name} name={name} />;
  const tabs = (
    <Tabs
      label="Routes and vendors"
      items={[
        { label: "Routes", to: "/routes/{-$name}", search: {} },
        { label: "Vendors", to: "/routes/{-$name}", search: { tab: "vendors" } },
      ]}
    />
  );
  return (
    <Page title="Routes and vendors" tabs={tabs} actions={tab === undefined && <NewRoute />}>
      {tab === "vendors" ? <VendorsView /> : <RouteList />}
    </Page>
  );
}
