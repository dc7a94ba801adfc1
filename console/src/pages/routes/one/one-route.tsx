// One route: its plan, a request tried on it, its plan as text, and what it was before.
import { Link, getRouteApi } from "@tanstack/react-router";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { RouteView } from "../../../../../src/gateway/contract.ts";
import { lazy, Suspense } from "react";
import { explainError } from "../../../api/explain-error.ts";
import { Empty } from "../../../components/frame/empty.tsx";
import { Page } from "../../../components/frame/page.tsx";
import { type Tab, Tabs } from "../../../components/frame/tabs.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { useMay, useServices } from "../../../page/services.ts";
import { PlanView } from "./plan-view.tsx";
import { RouteFacts } from "./route-facts.tsx";
import { TryRequest } from "../trying/try-request.tsx";

// What reads and writes YAML comes when it is needed.
const EditPlan = lazy(() => import("../change/edit-plan.tsx").then((module) => ({ default: module.EditPlan })));
const History = lazy(() => import("../change/history.tsx").then((module) => ({ default: module.History })));

const here = getRouteApi("/routes/{-$name}");

/** Where the route of this name is kept among what was asked for. */
export const routeKey = (name: string) => ["routes", "one", name] as const;

export function OneRoute({ name }: { name: string }) {
  const { api } = useServices();
  const { view } = here.useSearch();
  const mayChange = useMay("change_routes");
  const { data, error, isPending } = useQuery({
    queryKey: routeKey(name),
    queryFn: ({ signal }) => api.client.routes.get({ name }, { signal }),
    refetchInterval: 15_000,
    placeholderData: keepPreviousData,
    retry: (count, thrown) => explainError(thrown).kind !== "missing" && count < 2,
  });
  const problem = error === null ? null : explainError(error);
  const isNew = problem?.kind === "missing";
  const to = "/routes/{-$name}" as const;
  const tab = (label: string, at?: "try" | "edit" | "history"): Tab => ({
    label,
    to,
    params: { name },
    search: at === undefined ? {} : { view: at },
  });
  const tabs = [
    tab("Plan"),
    tab("Try a request", "try"),
    tab(data?.source === "config" || !mayChange ? "Plan as text" : "Edit", "edit"),
    tab("History", "history"),
  ];
  return (
    <Page
      title={name}
      actions={
        <Link to={to} params={{}} search={{}} className="text-pen underline underline-offset-2">
          All routes
        </Link>
      }
      tabs={<Tabs label={`Route ${name}`} items={tabs} />}
    >
      {data !== undefined && !isNew && <RouteFacts route={data} />}
      {isNew && view === undefined && <NoSuchRoute name={name} mayChange={mayChange} />}
      {problem !== null && !isNew && data === undefined && <Notice problem={problem} />}
      {!isPending && (isNew || data !== undefined) && (
        <Suspense fallback={<Loading>Reading the plan.</Loading>}>
          <View view={view} name={name} route={isNew ? null : (data ?? null)} />
        </Suspense>
      )}
    </Page>
  );
}

interface ViewProps {
  view: "try" | "edit" | "history" | undefined;
  name: string;
  /** Null where there is none of that name. */
  route: RouteView | null;
}

function View({ view, name, route }: ViewProps) {
  if (view === "history") return <History name={name} route={route} />;
  if (view === "edit") return <EditPlan name={name} route={route} />;
  if (route === null) return null;
  return view === "try" ? <TryRequest route={route} /> : <PlanView route={route} />;
}

function NoSuchRoute({ name, mayChange }: { name: string; mayChange: boolean }) {
  return (
    <Empty
      title={`There is no route ${name}`}
      code={`binnacle routes set ${name} -f plan.yaml`}
      action={
        mayChange && (
          <Link
            to="/routes/{-$name}"
            params={{ name }}
            search={{ view: "edit" }}
            className="text-pen underline underline-offset-2"
          >
            Write a plan for it
          </Link>
        )
      }
    >
      Calls that name it are refused. If it was deleted, its history has the plans that it had.
    </Empty>
  );
}
