// One call's record, whole: beside the list where there is room, over the page where there is not. What the list already
// knows is drawn at once; the rest follows when it is read.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { explainError } from "../../../api/explain-error.ts";
import { useServices } from "../../../page/services.ts";
import { useFeed } from "../feed/feed-context.ts";
import { Button } from "../../../components/parts/button.tsx";
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { Outcome } from "../../../components/parts/outcome.tsx";
import { ModelName } from "../grid/model-name.tsx";
import { Figures } from "./figures.tsx";
import type { CallDetail } from "../../../../../src/ledger/contract.ts";
import type { RecordView } from "../search-fields.ts";
import { ConversationView } from "./conversation-view.tsx";
import { RawView } from "./raw-view.tsx";
import { RecordActions } from "./record-actions.tsx";
import { RecordTabs } from "./record-tabs.tsx";
import { DecisionView } from "./routing/decision-view.tsx";
import { TimelineView } from "./timeline/timeline-view.tsx";

interface RecordPanelProps {
  callId: string;
  show: RecordView;
  isMarked: boolean;
  onMark: (id: string) => void;
  onClose: () => void;
  onMove: (by: number) => void;
}

/** A call may be seen live a moment before it can be read back. */
const freshTries = 5;

export function RecordPanel({ callId, show, isMarked, onMark, onClose, onMove }: RecordPanelProps) {
  const { api } = useServices();
  const { list } = useFeed();
  const heading = useRef<HTMLHeadingElement>(null);
  const panel = useRef<HTMLElement>(null);
  const row = list.rows.find(({ call }) => call.id === callId);
  const detail = useQuery({
    queryKey: ["call", callId],
    queryFn: ({ signal }) => api.client.calls.get({ id: callId }, { signal }),
    staleTime: Infinity,
    retry: (count, error) => row !== undefined && count < freshTries && explainError(error).kind === "missing",
    retryDelay: 400,
  });
  const call = detail.data ?? row?.call;
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (panel.current !== null) panel.current.scrollTop = 0;
  }, [callId]);
  return (
    <aside
      ref={panel}
      aria-label="Record of a call"
      className="fixed inset-0 z-10 overflow-y-auto bg-sheet [scrollbar-gutter:stable] min-[68rem]:static min-[68rem]:w-[clamp(30rem,38vw,46rem)] min-[68rem]:shrink-0 min-[68rem]:border-l min-[68rem]:border-line"
    >
      <div className="sticky top-0 z-2 border-b border-line bg-sheet px-5 py-2.5">
        <div className="flex items-center gap-2">
          {call !== undefined && <Outcome outcome={call.outcome} />}
          {call !== undefined && <span className="text-soft">{call.status}</span>}
          <span className="ml-auto flex gap-1.5">
            <Button onClick={() => onMove(-1)} aria-label="Newer call" title="k">
              ↑
            </Button>
            <Button onClick={() => onMove(1)} aria-label="Older call" title="j">
              ↓
            </Button>
            <Button onClick={onClose} title="Esc">
              Close
            </Button>
          </span>
        </div>
        <h2 ref={heading} tabIndex={-1} className="foreign mt-1 text-title font-semibold outline-none">
          {call === undefined ? "A call" : <ModelName call={call} />}
        </h2>
        <p className="flex flex-wrap items-center gap-x-2 font-mono text-fine text-soft">
          <span className="foreign">{callId}</span>
          <span className="max-[25rem]:-ml-3.5">
            <CopyButton text={callId} label="the call's id" />
          </span>
        </p>
        <RecordActions callId={callId} call={detail.data} isMarked={isMarked} onMark={() => onMark(callId)} />
      </div>
      {call !== undefined && <Figures call={call} />}
      {detail.isError && (
        <div className="px-5 pb-4">
          <Notice problem={explainError(detail.error)}>
            <Button kind="bare" className="-ml-1" onClick={() => void detail.refetch()}>
              Try again now
            </Button>
          </Notice>
        </div>
      )}
      {call !== undefined && <RecordTabs shown={show} />}
      {detail.data !== undefined && <RecordBody call={detail.data} show={show} />}
      {detail.isPending && <Loading className="px-5 py-4">Reading the record.</Loading>}
    </aside>
  );
}

const views: Record<RecordView, (props: { call: CallDetail }) => React.ReactNode> = {
  chat: ConversationView,
  routing: DecisionView,
  timeline: TimelineView,
  raw: RawView,
};

function RecordBody({ call, show }: { call: CallDetail; show: RecordView }) {
  const View = views[show];
  return <View key={call.id} call={call} />;
}
