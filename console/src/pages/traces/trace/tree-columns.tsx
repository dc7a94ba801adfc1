// The columns of a trace: what each record is, when it ran, and what it came to.
import type { TraceNode } from "../../../../../src/ledger/contract.ts";
import { Money } from "../../../components/figures/money.tsx";
import { StateGlyph } from "../../../components/figures/state-word.tsx";
import { AnyOutcome } from "../../../components/records/any-outcome.tsx";
import type { Column } from "../../../components/tables/data-table.tsx";
import { formatCount, formatDuration } from "../../../format/figures.ts";
import { TimelineBar, TimelineScale } from "./timeline-bar.tsx";
import { hasFailed, nameOf } from "./trace-tree.ts";
import type { Axis } from "./use-trace-view.ts";

interface ColumnsWish {
  axis: Axis;
  counted: ReadonlySet<string>;
  /** Records that are looked for. */
  found: ReadonlySet<string>;
  /** On a phone: the names and when each ran, or the names and what each came to. */
  only?: "timeline" | "tree" | undefined;
}

export function treeColumns({ axis, counted, found, only }: ColumnsWish): readonly Column<TraceNode>[] {
  const name: Column<TraceNode> = {
    id: "name",
    head: "Record",
    width: only === "timeline" ? "minmax(8rem, 1fr)" : "minmax(16rem, 5fr)",
    cell: (node) => <Name node={node} isFound={found.has(node.id)} />,
  };
  const timeline: Column<TraceNode> = {
    id: "timeline",
    head: "When it ran",
    scale: <TimelineScale axis={axis} />,
    width: only === "timeline" ? "minmax(8rem, 1fr)" : "minmax(8rem, 4fr)",
    priority: 1,
    cell: (node) => <TimelineBar node={node} axis={axis} />,
  };
  if (only === "timeline") return [name, timeline];
  if (only === "tree") return [name, about, durationColumn];
  return [name, kind, timeline, durationColumn, ...figuresOf(counted)];
}

const kind: Column<TraceNode> = {
  id: "kind",
  head: "Kind",
  width: "4.5rem",
  priority: 2,
  cell: (node) => <span className="text-soft">{node.kind}</span>,
};

const durationColumn: Column<TraceNode> = {
  id: "duration",
  head: "Took",
  align: "end",
  width: "4.75rem",
  priority: 1,
  cell: ({ duration_ms: ms }) => formatDuration(ms),
};

/** On a phone: what there is to say of a record, in a line. */
const about: Column<TraceNode> = {
  id: "about",
  head: "Kind, tokens, cost",
  cell: ({ kind: word, tokens, cost_usd_micros: micros }) => (
    <span className="inline-flex gap-x-2">
      <span>{word}</span>
      {tokens !== null && <span>{`${formatCount(tokens.input)} → ${formatCount(tokens.output)} tokens`}</span>}
      {micros !== null && <Money micros={micros} />}
    </span>
  ),
};

const figuresOf = (counted: ReadonlySet<string>): readonly Column<TraceNode>[] => [
  {
    id: "waited",
    head: "Waited for",
    align: "end",
    width: "4.75rem",
    priority: 3,
    cell: ({ critical_ms: ms }) => <span className="text-soft">{ms === 0 ? "–" : formatDuration(ms)}</span>,
  },
  {
    id: "tokens",
    head: "Tokens in → out",
    align: "end",
    width: "6.5rem",
    priority: 3,
    cell: (node) => <Tokens node={node} isCounted={counted.has(node.id)} />,
  },
  {
    id: "cost",
    head: "Cost",
    unit: "USD",
    align: "end",
    width: "5.5rem",
    cell: (node) => <Cost node={node} isCounted={counted.has(node.id)} />,
  },
  {
    id: "outcome",
    head: "Outcome",
    width: "5.5rem",
    priority: 3,
    cell: ({ outcome }) => <AnyOutcome outcome={outcome} />,
  },
];

function Name({ node, isFound }: { node: TraceNode; isFound: boolean }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 align-middle">
      {hasFailed(node) && <StateGlyph tone="fail" />}
      <bdi
        className={`overflow-hidden text-ellipsis ${isFound ? "underline decoration-pen decoration-2 underline-offset-2" : ""} ${hasFailed(node) ? "font-semibold text-fail" : ""}`}
      >
        {nameOf(node)}
      </bdi>
      {node.own && <span className="text-fine text-soft">gateway</span>}
      {node.orphan && <span className="text-fine text-warn">without its parent</span>}
      {node.error_code !== null && (
        <span className="overflow-hidden text-fine text-ellipsis text-fail">{node.error_code}</span>
      )}
    </span>
  );
}

interface CountedProps {
  node: TraceNode;
  isCounted: boolean;
}

/** What is reported here and counted elsewhere stands in brackets. */
function Tokens({ node: { tokens }, isCounted }: CountedProps) {
  if (tokens === null) return null;
  const text = `${formatCount(tokens.input)} → ${formatCount(tokens.output)}`;
  return isCounted ? text : <NotCounted>{text}</NotCounted>;
}

function Cost({ node: { cost_usd_micros: micros }, isCounted }: CountedProps) {
  if (micros === null) return null;
  return isCounted ? (
    <Money micros={micros} />
  ) : (
    <NotCounted>
      <Money micros={micros} />
    </NotCounted>
  );
}

function NotCounted({ children }: { children: React.ReactNode }) {
  return (
    <span className="text-soft" title="Reported here, and counted where it came about">
      ({children})
    </span>
  );
}
