// Beside the tree while no record is open: where the trace's time and money went, and which agents handed to which.
import { useMemo } from "react";
import type { TraceDetail } from "../../../../../../src/ledger/contract.ts";
import { BarList, type BarRow } from "../../../../components/charts/bar-list.tsx";
import { Section } from "../../../../components/parts/section.tsx";
import { formatCount, formatDuration, formatUsd } from "../../../../format/figures.ts";
import { hasFailed, nameOf } from "../trace-tree.ts";
import type { TraceView } from "../use-trace-view.ts";
import { type ModelSum, sumByModel } from "./sum-by-model.ts";
import { sumWaits, type WaitSum } from "./sum-waits.ts";

const shownMost = 10;
const longestMost = 5;

export function TraceOverview({ trace, view }: { trace: TraceDetail; view: TraceView }) {
  const { whole, counted, spanMs, address } = view;
  const waits = useMemo(() => sumWaits(whole.nodes), [whole]);
  const models = useMemo(() => sumByModel(whole.nodes, counted), [whole, counted]);
  const longest = waits.map((wait) => wait.longest).toSorted((one, other) => other.critical_ms - one.critical_ms);
  const hasRepeats = waits.some(({ times }) => times > 1);
  return (
    <section
      aria-label="The trace as a whole"
      className="min-h-0 flex-1 overflow-y-auto [&>section:first-of-type]:border-t-0"
    >
      <h2 className="visually-hidden">The trace as a whole</h2>
      <Section title="Where the time went">
        <p className="mb-2 text-soft">
          What the end of the trace waited for: of each record the time in which nothing below it was at work.
        </p>
        <BarList
          label="What was waited for longest"
          head="What"
          unit="waited for"
          empty="Nothing was waited for."
          rows={waits.slice(0, shownMost).map((wait) => rowOfWait(wait, spanMs, address.hrefOf(wait.longest.id)))}
        />
      </Section>
      {hasRepeats && (
        <Section title="The longest waits, one of each">
          <BarList
            label="Records that were waited for longest"
            head="Record"
            unit="waited for"
            rows={longest.slice(0, longestMost).map((node) => ({
              key: node.id,
              label: <bdi>{nameOf(node)}</bdi>,
              note: `${node.kind}, from ${formatDuration(node.started_after_ms)}`,
              value: node.critical_ms,
              formatted: formatDuration(node.critical_ms),
              href: address.hrefOf(node.id),
              tone: hasFailed(node) ? "fail" : 1,
            }))}
          />
        </Section>
      )}
      {models.length > 0 && (
        <Section title="Where the money went">
          <BarList label="Models by cost" head="Model" unit="USD" rows={models.slice(0, shownMost).map(rowOfModel)} />
          {trace.truncated && <p className="mt-2 text-fine text-soft">Of the records that are shown.</p>}
        </Section>
      )}
      {trace.hand_offs.length > 0 && <HandOffs trace={trace} />}
    </section>
  );
}

/** One record is a link to itself, several to the longest of them. */
function rowOfWait({ kind, name, times, waitedMs, longest }: WaitSum, spanMs: number, href: string): BarRow {
  return {
    key: `${kind}\n${name}`,
    label: <bdi>{name}</bdi>,
    note: times === 1 ? kind : `${kind}, ${formatCount(times)} times`,
    value: waitedMs,
    formatted: formatDuration(waitedMs),
    ...(times === 1 && { href }),
    tone: times === 1 && hasFailed(longest) ? "fail" : 1,
    ...(spanMs > 0 && { share: waitedMs / spanMs }),
  };
}

function rowOfModel({ model, calls, tokens, costUsdMicros }: ModelSum): BarRow {
  return {
    key: model,
    label: <bdi>{model}</bdi>,
    note: `${formatCount(calls)} ${calls === 1 ? "call" : "calls"}, ${formatCount(tokens.input)} → ${formatCount(tokens.output)} tokens`,
    value: costUsdMicros,
    formatted: formatUsd(costUsdMicros),
  };
}

function HandOffs({ trace }: { trace: TraceDetail }) {
  return (
    <Section title="Who handed to whom">
      <ul className="grid gap-1">
        {trace.hand_offs.map(({ from, to, via, times, first_after_ms: firstMs }) => (
          <li key={`${from}\n${to}\n${via ?? ""}`} className="foreign">
            <span className="font-semibold">{from}</span> → <span className="font-semibold">{to}</span>
            <span className="text-soft">
              {via !== null && ` through ${via}`}, {times === 1 ? "once" : `${formatCount(times)} times`}, first after{" "}
              {formatDuration(firstMs)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
