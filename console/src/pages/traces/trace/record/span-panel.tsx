// One record of a trace, beside the tree: what it did, said and cost, and all that was reported of it.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { TraceNode } from "../../../../../../src/ledger/contract.ts";
import { explainError } from "../../../../api/explain-error.ts";
import { Money } from "../../../../components/figures/money.tsx";
import { Button } from "../../../../components/parts/button.tsx";
import { Loading } from "../../../../components/parts/loading.tsx";
import { Notice } from "../../../../components/parts/notice.tsx";
import { AnyOutcome } from "../../../../components/records/any-outcome.tsx";
import { formatCount, formatDuration } from "../../../../format/figures.ts";
import { useServices } from "../../../../page/services.ts";
import { earlyBy, nameOf } from "../trace-tree.ts";
import { type TraceView, zoomOf } from "../use-trace-view.ts";
import { SpanSections } from "./span-sections.tsx";

export function SpanPanel({ node, view }: { node: TraceNode; view: TraceView }) {
  const { api } = useServices();
  const panel = useRef<HTMLElement>(null);
  const asked = useQuery({
    queryKey: ["record", node.id],
    queryFn: ({ signal }) => api.client.records.get({ id: node.id }, { signal }),
    staleTime: Infinity,
  });
  useEffect(() => {
    if (panel.current !== null) panel.current.scrollTop = 0;
  }, [node.id]);
  return (
    <section ref={panel} aria-label="Record" className="min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable]">
      <div className="sticky top-0 z-2 border-b border-line bg-sheet px-5 py-2.5">
        <div className="flex items-center gap-2">
          <AnyOutcome outcome={node.outcome} />
          <span className="text-soft">
            {node.kind}
            {node.service !== null && <bdi>{` of ${node.service}`}</bdi>}
          </span>
          <span className="ml-auto flex gap-1.5">
            <Zoom node={node} view={view} />
            <Button onClick={view.close} title="Esc">
              Close
            </Button>
          </span>
        </div>
        <h2 className="foreign mt-1 text-title font-semibold">{nameOf(node)}</h2>
      </div>
      <Figures node={node} />
      <Oddities node={node} view={view} />
      {asked.isError && (
        <div className="px-5 pb-4">
          <Notice problem={explainError(asked.error)} />
        </div>
      )}
      {asked.isPending && <Loading className="px-5 py-4">Reading the record.</Loading>}
      {asked.data !== undefined && <SpanSections detail={asked.data} view={view} />}
    </section>
  );
}

/** Bars of a short stretch of a long trace are too small to be seen, until they are drawn on that stretch alone. */
function Zoom({ node, view: { whole, address } }: { node: TraceNode; view: TraceView }) {
  const target = zoomOf(whole, node);
  const isZoomed = address.search.zoom !== undefined && address.search.zoom === target;
  return (
    <Button aria-pressed={isZoomed} title="z" onClick={() => address.change({ zoom: isZoomed ? undefined : target })}>
      {isZoomed ? "Whole time" : "Zoom in"}
    </Button>
  );
}

function Figures({ node }: { node: TraceNode }) {
  const { tokens } = node;
  const all = [
    ["Took", formatDuration(node.duration_ms)],
    ["Began after", formatDuration(node.started_after_ms)],
    ["Waited for", node.critical_ms === 0 ? "–" : formatDuration(node.critical_ms)],
    ["Tokens", tokens === null ? "–" : `${formatCount(tokens.input)} → ${formatCount(tokens.output)}`],
    ["Cost", node.cost_usd_micros === null ? "–" : <Money key="cost" micros={node.cost_usd_micros} />],
  ] as const;
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-2 px-5 py-3">
      {all.map(([name, value]) => (
        <div key={name}>
          <dt className="text-fine text-soft">{name}</dt>
          <dd className="text-title font-semibold whitespace-nowrap">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What is not as one would expect of it. */
function Oddities({ node, view }: { node: TraceNode; view: TraceView }) {
  const early = earlyBy(view.whole, node);
  const isRepeated =
    !view.counted.has(node.id) && (node.tokens !== null || node.cost_usd_micros !== null) && node.same_as === null;
  const parent = node.parent_id === null ? undefined : view.whole.byId.get(node.parent_id);
  return (
    <div className="grid gap-1 px-5 pb-3 text-soft empty:hidden">
      {node.orphan && (
        <p>It names a parent that is not on record, not yet, or that cannot stand above it. So it stands at the top.</p>
      )}
      {early > 0 && (
        <p>It says that it began {formatDuration(early)} before what it hangs on: their clocks may differ.</p>
      )}
      {isRepeated && <p>Its tokens and cost are counted where they came about, not here.</p>}
      {node.same_as !== null && (
        <p>
          It is a call through this gateway, whose own record counts.{" "}
          <Link
            to="/calls/{-$callId}"
            params={{ callId: node.same_as }}
            className="text-pen underline underline-offset-2"
          >
            The call
          </Link>
        </p>
      )}
      {parent !== undefined && (
        <p>
          Within{" "}
          <button type="button" onClick={() => view.goTo(parent.id)} className="text-pen underline underline-offset-2">
            <bdi>{nameOf(parent)}</bdi>
          </button>
        </p>
      )}
    </div>
  );
}
