// The inbox of what waits for a person: the reader's own first, then what others decide, what was decided, and delegations.
import { useState } from "react";
import type { Approval } from "../../../../src/approvals/contract.ts";
import { curlFor } from "../../api/curl.ts";
import { Live } from "../../components/figures/live.tsx";
import { Empty } from "../../components/frame/empty.tsx";
import { Page } from "../../components/frame/page.tsx";
import { Tabs } from "../../components/frame/tabs.tsx";
import { CopyButton } from "../../components/parts/copy-button.tsx";
import { Loading } from "../../components/parts/loading.tsx";
import { Notice } from "../../components/parts/notice.tsx";
import { Segmented } from "../../components/parts/segmented.tsx";
import { useServices } from "../../page/services.ts";
import { useMedia } from "../../page/use-media.ts";
import { useAddress } from "./address.ts";
import { Delegations } from "./delegations/delegations.tsx";
import { CardList } from "./inbox/card-list.tsx";
import { DecideDialog, type Decision } from "./inbox/decide-dialog.tsx";
import { ApprovalDrawer } from "./record/approval-drawer.tsx";
import { DecidedTable } from "./record/decided-table.tsx";
import { type Fate, fates } from "./parts-of-page.ts";
import { useWaitingApprovals, type Waiting } from "./use-approvals.ts";

interface Asking {
  approval: Approval;
  decision: Decision;
}

export function ApprovalsPage() {
  const { api, session } = useServices();
  const { approvalId, tab, fate, goTo, hrefOf } = useAddress();
  const waiting = useWaitingApprovals();
  const [asking, setAsking] = useState<Asking | null>(null);
  const isNarrow = !useMedia("(min-width: 68rem)");
  const mayDecide = session.operations.includes("approvals.decide");
  const open = (id: string, options: { replace: boolean }): void => goTo({ approvalId: id }, options);
  const known = [...waiting.mine, ...waiting.others].find(({ id }) => id === approvalId);
  const list = { openId: approvalId, hrefOf, onOpen: open };
  return (
    <Page
      title="Approvals"
      fill
      tabs={<ApprovalTabs waiting={waiting} />}
      actions={
        <>
          <Live updatedAtMs={waiting.updatedAtMs} connected={waiting.connected} />
          <CopyButton text={curlOf(api.origin, tab)} label="the curl command for these approvals" word="curl" />
        </>
      }
      {...(tab === "decided" && {
        toolbar: <FateChoice fate={fate} onFate={(next) => goTo({ fate: next }, { replace: true })} />,
      })}
    >
      <div className="flex min-h-0 flex-1">
        <div inert={approvalId !== null && isNarrow} className="flex min-w-0 flex-1 flex-col overflow-y-auto">
          {waiting.problem !== null && waiting.problem.kind !== "away" && (
            <div className="px-4 pt-4">
              <Notice problem={waiting.problem} />
            </div>
          )}
          {tab === "mine" && (
            <Cards
              label="For you"
              approvals={waiting.mine}
              waiting={waiting}
              {...list}
              onDecide={mayDecide ? (approval, decision) => setAsking({ approval, decision }) : undefined}
            />
          )}
          {tab === "others" && <Cards label="For others" approvals={waiting.others} waiting={waiting} {...list} />}
          {tab === "decided" && <DecidedTable fate={fate} {...list} />}
          {tab === "delegations" && <Delegations />}
        </div>
        {approvalId !== null && (
          <ApprovalDrawer
            id={approvalId}
            known={known}
            isMine={mayDecide && waiting.mine.some(({ id }) => id === approvalId)}
            onDecide={(approval, decision) => setAsking({ approval, decision })}
            onClose={() => goTo({ approvalId: null })}
          />
        )}
      </div>
      {asking !== null && (
        <DecideDialog
          {...asking}
          onClose={() => setAsking(null)}
          onDone={() => {
            if (approvalId === asking.approval.id && tab === "mine") goTo({ approvalId: null }, { replace: true });
          }}
        />
      )}
    </Page>
  );
}

function ApprovalTabs({ waiting: { mine, others, counts } }: { waiting: Waiting }) {
  const at = (label: string, search: Record<string, unknown>, count?: number) => ({
    label,
    to: "/approvals/{-$approvalId}" as const,
    search,
    count,
  });
  return (
    <Tabs
      label="Parts of approvals"
      items={[
        at("For you", {}, counts?.mine ?? mine.length),
        at("For others", { tab: "others" }, counts === undefined ? others.length : counts.pending - counts.mine),
        at("Decided", { tab: "decided" }),
        at("Delegations", { tab: "delegations" }),
      ]}
    />
  );
}

type CardsProps = Parameters<typeof CardList>[0] & { waiting: Waiting };

function Cards({ waiting, ...list }: CardsProps) {
  const isEmpty = list.approvals.length === 0;
  if (waiting.loading) return <Loading className="p-4">Asking what waits.</Loading>;
  if (isEmpty && waiting.problem !== null) return null;
  if (isEmpty && list.label === "For you") return <NothingForYou />;
  if (isEmpty)
    return (
      <Empty title="Nobody else is waited for" code="binnacle approvals list">
        What others have to decide stands here until they have.
      </Empty>
    );
  return (
    <div className="p-4 max-sm:px-2">
      <CardList {...list} />
    </div>
  );
}

function NothingForYou() {
  return (
    <Empty title="Nothing waits for you" code="binnacle approvals list --mine">
      Programs ask for an approval before they do what cannot be undone, and so does Binnacle itself: for tools of
      agents, for calls that a guardrail or a policy holds, and for changes of routes that are gated.
    </Empty>
  );
}

const fateWords: Record<Fate | "all", string> = {
  all: "All",
  approved: "Approved",
  used: "Done",
  refused: "Refused",
  silence: "Nobody decided",
};

function FateChoice({ fate, onFate }: { fate: Fate | null; onFate: (fate: Fate | null) => void }) {
  const options = (["all", ...fates] as const).map((value) => ({ value, label: fateWords[value] }));
  return (
    <div className="max-w-full overflow-x-auto p-0.5">
      <Segmented
        label="What became of it"
        options={options}
        value={fate ?? "all"}
        onChange={(next) => onFate(next === "all" ? null : next)}
      />
    </div>
  );
}

function curlOf(origin: string, tab: string): string {
  if (tab === "delegations") return curlFor(origin, "/approvals/delegations");
  return curlFor(
    origin,
    "/approvals",
    tab === "mine" ? { inbox: "mine" } : tab === "others" ? { state: "pending" } : {},
  );
}
