// One trace: its tree on a common time beside what one of its records says. On a phone these are three views.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { TraceDetail } from "../../../../../src/ledger/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Page } from "../../../components/frame/page.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { formatCount } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { useMedia } from "../../../page/use-media.ts";
import { TraceOverview } from "./overview/trace-overview.tsx";
import { SpanPanel } from "./record/span-panel.tsx";
import { TraceToolbar } from "./trace-toolbar.tsx";
import { nameOf, type ReadTrace, readTrace } from "./trace-tree.ts";
import { TraceTreeTable } from "./trace-tree-table.tsx";
import { useTraceAddress } from "./use-trace-address.ts";
import { type TraceView, useTraceView } from "./use-trace-view.ts";

/** As many as are quickly drawn, and as many as the API can be told. */
const shownFirst = 10_000;
const shownMost = 20_000;
/** A trace that has ended as long ago as this is not expected to go on. */
const livelyMs = 120_000;

export function TracePage() {
  const { api } = useServices();
  const address = useTraceAddress();
  const { traceId, search } = address;
  const limit = search.limit ?? shownFirst;
  const asked = useQuery({
    queryKey: ["trace", traceId, limit],
    queryFn: ({ signal }) => api.client.traces.get({ id: traceId, limit }, { signal }),
    // With the answer, not with the drawing, which has enough to do.
    select: readTrace,
    // Thousands of records are not compared one by one with those of before.
    structuralSharing: false,
    staleTime: 5000,
    refetchInterval: ({ state }) =>
      state.data !== undefined && Date.now() - state.data.totals.ended_at_ms < livelyMs ? 5000 : false,
  });
  const read = asked.data;
  const first = read?.trace.nodes[0];
  return (
    <Page
      title={first === undefined ? "Trace" : `Trace: ${nameOf(first)}`}
      fill
      actions={
        <>
          <span className="hidden font-mono text-fine text-soft sm:inline">{traceId}</span>
          <CopyButton text={traceId} label="the trace's id" />
          <CopyButton
            text={curlFor(api.origin, `/traces/${traceId}`, { limit })}
            label="the curl command for this trace"
            word="curl"
          />
          <Link to="/traces" className="text-pen underline underline-offset-2">
            All traces
          </Link>
        </>
      }
    >
      {asked.isError && read === undefined && (
        <div className="p-4">
          <Notice problem={explainError(asked.error)} />
        </div>
      )}
      {asked.isPending && <Loading className="px-4 py-3">Reading the trace.</Loading>}
      {read !== undefined && <Opened read={read} />}
    </Page>
  );
}

function Opened({ read }: { read: ReadTrace }) {
  const { trace } = read;
  const view = useTraceView(read);
  const isWide = useMedia("(min-width: 68rem)");
  const { search } = view.address;
  const beside = (
    <>
      {view.open === undefined ? (
        <TraceOverview trace={trace} view={view} />
      ) : (
        <SpanPanel key={view.open.id} node={view.open} view={view} />
      )}
    </>
  );
  return (
    <>
      <TraceToolbar trace={trace} view={view} isWide={isWide} />
      {trace.truncated && <More trace={trace} view={view} />}
      <div className="flex min-h-0 flex-1">
        {(isWide || search.view !== "record") && (
          <TraceTreeTable view={view} only={isWide ? undefined : search.view === "timeline" ? "timeline" : "tree"} />
        )}
        {(isWide || search.view === "record") && (
          <div
            className={
              isWide
                ? "flex w-[clamp(27rem,34vw,48rem)] shrink-0 flex-col border-l border-line bg-sheet"
                : "flex min-w-0 flex-1 flex-col bg-sheet"
            }
          >
            {beside}
          </div>
        )}
      </div>
    </>
  );
}

function More({ trace, view }: { trace: TraceDetail; view: TraceView }) {
  const canMore = trace.nodes.length < shownMost;
  return (
    <p className="flex flex-wrap items-center gap-x-3 border-b border-line bg-sheet px-4 py-1.5">
      <span>
        The earliest {formatCount(trace.nodes.length)} of {formatCount(trace.totals.records)} records. The sums are of
        all of them.
      </span>
      {canMore && (
        <Button kind="bare" onClick={() => view.address.change({ limit: shownMost })}>
          Show {trace.totals.records > shownMost ? `the earliest ${formatCount(shownMost)}` : "all of them"}
        </Button>
      )}
    </p>
  );
}
