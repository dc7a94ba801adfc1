// Kill switches: what is off now, the way to switch something off or everything, and what was off before.
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { SwitchKind } from "../../../../src/governance/contract.ts";
import { curlFor } from "../../api/curl.ts";
import { Live } from "../../components/figures/live.tsx";
import { Page } from "../../components/frame/page.tsx";
import { Tabs } from "../../components/frame/tabs.tsx";
import { Button } from "../../components/parts/button.tsx";
import { CopyButton } from "../../components/parts/copy-button.tsx";
import { Loading } from "../../components/parts/loading.tsx";
import { Notice } from "../../components/parts/notice.tsx";
import { useServices } from "../../page/services.ts";
import { History } from "./history.tsx";
import { OffNow } from "./off-now.tsx";
import { ThrowFlow } from "./throw/throw-flow.tsx";
import { useSwitches } from "./use-switches.ts";

const route = getRouteApi("/switches");

export function SwitchesPage() {
  const { api, session } = useServices();
  const { tab } = route.useSearch();
  const { switches, problem, updatedAtMs, connected } = useSwitches("thrown");
  const [throwing, setThrowing] = useState<SwitchKind | null>(null);
  const mayThrow = session.operations.includes("switches.throw");
  const isAllOff = switches?.some(({ kind }) => kind === "installation") === true;
  return (
    <Page
      title="Kill switches"
      fill={tab === "history"}
      actions={
        <>
          <Live updatedAtMs={updatedAtMs} connected={connected} />
          <CopyButton
            text={curlFor(api.origin, "/switches", tab === "history" ? { state: "all" } : {})}
            label="the curl command for kill switches"
            word="curl"
          />
          {mayThrow && (
            <>
              <Button className="min-h-8" onClick={() => setThrowing("model")}>
                Switch something off
              </Button>
              {!isAllOff && (
                <Button kind="danger" onClick={() => setThrowing("installation")}>
                  Stop everything
                </Button>
              )}
            </>
          )}
        </>
      }
      tabs={
        <Tabs
          label="Parts of kill switches"
          items={[
            { label: "Off now", to: "/switches", search: {}, count: switches?.length },
            { label: "History", to: "/switches", search: { tab: "history" } },
          ]}
        />
      }
    >
      {tab === "history" ? (
        <History />
      ) : (
        <div className="grid max-w-4xl gap-4">
          {problem !== null && problem.kind !== "away" && <Notice problem={problem} />}
          {switches === undefined && problem === null && <Loading />}
          {switches !== undefined && <OffNow switches={switches} />}
          {!mayThrow && (
            <p className="text-soft">
              You may look, and not switch: that takes a role that may operate switches, such as operator.
            </p>
          )}
          {(switches !== undefined || problem !== null) && <HowItWorks />}
        </div>
      )}
      {throwing !== null && <ThrowFlow kind={throwing} onClose={() => setThrowing(null)} />}
    </Page>
  );
}

function HowItWorks() {
  return (
    <div className="grid max-w-2xl gap-2 text-read text-soft">
      <p>
        A switch refuses new calls and ends those that are under way, streams with the error of their dialect. The
        processes that share a port know it before the throw is answered; others within a second.
      </p>
      <p>
        Callers are told what is off, since when, and why. What is passed over by a route that has another target goes
        on there. Every throw and lift is on the audit trail.
      </p>
      <p>
        From a terminal: <code className="font-mono text-fine">binnacle stop --reason "…"</code> stops everything,{" "}
        <code className="font-mono text-fine">binnacle switches lift ID</code> takes one back.
      </p>
    </div>
  );
}
