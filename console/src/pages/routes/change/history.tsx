// What a route was before: its versions, newest first, each compared with what stands, and the way back to it.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { RouteVersionView, RouteView } from "../../../../../src/gateway/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Age, Moment } from "../../../components/figures/moment.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { Empty } from "../../../components/frame/empty.tsx";
import { DiffView } from "../../../components/inputs/code/diff/diff-view.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { useMay, useServices } from "../../../page/services.ts";
import { writePlan } from "./plan-text.ts";
import { RollBack } from "./roll-back.tsx";

export function History({ name, route }: { name: string; route: RouteView | null }) {
  if (route?.source === "config")
    return (
      <Empty title="The file has its own history">
        This route stands in the configuration file, and what it was before is kept wherever that file is kept. Versions
        are kept here of routes that are made by API.
      </Empty>
    );
  return <Versions name={name} route={route} />;
}

function Versions({ name, route }: { name: string; route: RouteView | null }) {
  const { api } = useServices();
  const [open, setOpen] = useState<number | null>(null);
  const asked = useQuery({
    queryKey: ["routes", "history", name, route?.revision ?? 0],
    queryFn: ({ signal }) => api.client.routes.history({ name }, { signal }),
    retry: false,
  });
  const versions = asked.data?.versions ?? [];
  const problem = asked.error === null ? null : explainError(asked.error);
  if (problem?.kind === "missing") return <Empty title="It has no history">Nothing of this name was ever made.</Empty>;
  return (
    <Panel
      title="Versions"
      note={asked.data === undefined ? "loading …" : `${versions.length} kept`}
      curl={curlFor(api.origin, `/routes/${encodeURIComponent(name)}/history`)}
      problem={problem}
      flush
    >
      <ul>
        {versions.map((version, index) => (
          <Version
            key={version.revision}
            version={version}
            isStanding={version.revision === route?.revision}
            name={name}
            route={route}
            before={versions[index + 1]}
            isOpen={open === version.revision}
            onOpen={() => setOpen(open === version.revision ? null : version.revision)}
          />
        ))}
      </ul>
    </Panel>
  );
}

interface VersionProps {
  name: string;
  version: RouteVersionView;
  route: RouteView | null;
  before: RouteVersionView | undefined;
  isStanding: boolean;
  isOpen: boolean;
  onOpen: () => void;
}

function Version({ name, version, route, before, isStanding, isOpen, onOpen }: VersionProps) {
  const { revision, changed_at_ms: atMs, changed_by: by, plan } = version;
  const mayChange = useMay("change_routes");
  const [isAsked, setIsAsked] = useState(false);
  return (
    <li className="border-t border-line px-4 py-1.5">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1">
        <span className="w-28 font-semibold">Revision {revision}</span>
        <span className="w-56 text-soft">
          <Moment ms={atMs} />, <Age ms={atMs} />
        </span>
        <bdi className="min-w-32">{by.key_name}</bdi>
        <span className={plan === null ? "font-semibold text-fail" : "text-soft"}>
          {plan === null ? "deleted" : before === undefined || before.plan === null ? "made" : "changed"}
          {isStanding && ", stands now"}
        </span>
        <span className="ml-auto flex gap-2">
          <Button aria-expanded={isOpen} onClick={onOpen}>
            {isOpen ? "Close" : "What it changed"}
          </Button>
          {mayChange && plan !== null && !isStanding && (
            <Button onClick={() => setIsAsked(true)}>Roll back to {revision}</Button>
          )}
        </span>
      </div>
      {isOpen && (
        <div className="py-2">
          <DiffView
            before={textOf(before?.plan)}
            after={textOf(plan)}
            labelBefore={before === undefined ? "Nothing" : `Revision ${before.revision}`}
            labelAfter={`Revision ${revision}`}
          />
        </div>
      )}
      {isAsked && (
        <RollBack name={name} revision={revision} standing={route?.revision ?? 0} onClose={() => setIsAsked(false)} />
      )}
    </li>
  );
}

const textOf = (plan: unknown): string => (plan === null || plan === undefined ? "" : writePlan(plan, "yaml"));
