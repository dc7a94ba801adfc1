// What of a trace is shown: which records are listed, which are open, which one is looked at, and how the reader goes from one to
// another.
import { useCallback, useMemo, useState } from "react";
import type { TraceNode } from "../../../../../src/ledger/contract.ts";
import { useShortcuts } from "../../../page/shortcuts.ts";
import {
  ancestorsOf,
  findIn,
  hasFailed,
  nextAmong,
  openTo,
  pruneTree,
  type ReadTrace,
  type TraceTree,
} from "./trace-tree.ts";
import { useTraceAddress } from "./use-trace-address.ts";

/** Milliseconds since the trace began. */
export interface Axis {
  fromMs: number;
  toMs: number;
}

export interface TraceView {
  address: ReturnType<typeof useTraceAddress>;
  /** All of the trace, and what of it is listed. */
  whole: TraceTree;
  listed: TraceTree;
  /** Of the listed ones. */
  failed: readonly TraceNode[];
  found: readonly TraceNode[];
  /** Ids of those that count in the sums. */
  counted: ReadonlySet<string>;
  /** How long the whole trace took. */
  spanMs: number;
  /** The stretch of it that bars are drawn on. */
  axis: Axis;
  expanded: ReadonlySet<string>;
  setExpanded: (keys: ReadonlySet<string>) => void;
  /** The record that is looked at. */
  open: TraceNode | undefined;
  /** Looks at a record, and opens what it stands in. */
  goTo: (id: string, options?: { replace?: boolean }) => void;
  close: () => void;
  goAmong: (among: readonly TraceNode[], by: 1 | -1) => void;
}

export function useTraceView({ trace, whole, counted }: ReadTrace): TraceView {
  const address = useTraceAddress();
  const { search, change } = address;
  const { show = "all", depth, find = "", span } = search;
  const listed = useMemo(() => narrow(whole, show), [whole, show]);
  const failed = useMemo(() => listed.nodes.filter(hasFailed), [listed]);
  const found = useMemo(() => findIn(listed, find), [listed, find]);
  const open = span === undefined ? undefined : whole.byId.get(span);
  const [expanded, setExpanded] = useExpanded(listed, { depth, span });
  const goTo = useCallback(
    (id: string, { replace = true }: { replace?: boolean } = {}) => {
      const above = ancestorsOf(listed, id).map((node) => node.id);
      setExpanded((before) => (above.every((each) => before.has(each)) ? before : before.union(new Set(above))));
      change({ span: id, view: "record" }, { replace });
    },
    [listed, setExpanded, change],
  );
  const close = useCallback(() => change({ span: undefined, view: undefined }), [change]);
  const goAmong = useCallback(
    (among: readonly TraceNode[], by: 1 | -1) => {
      const next = nextAmong(among, listed, { id: span ?? null, by });
      if (next !== undefined) goTo(next.id);
    },
    [listed, span, goTo],
  );
  const zoomTarget = zoomOf(whole, open);
  useShortcuts({
    e: () => goAmong(failed, 1),
    E: () => goAmong(failed, -1),
    n: () => goAmong(found, 1),
    N: () => goAmong(found, -1),
    z: () => change({ zoom: search.zoom !== undefined && search.zoom === zoomTarget ? undefined : zoomTarget }),
    Escape: close,
  });
  const { started_at_ms: startMs, ended_at_ms: endMs } = trace.totals;
  const spanMs = Math.max(0, endMs - startMs);
  const zoomed = search.zoom === undefined ? undefined : whole.byId.get(search.zoom);
  const axis = useMemo(() => axisOf(zoomed, spanMs), [zoomed, spanMs]);
  return {
    address,
    whole,
    listed,
    failed,
    found,
    counted,
    spanMs,
    axis,
    expanded,
    setExpanded,
    open,
    goTo,
    close,
    goAmong,
  };
}

function narrow(tree: TraceTree, show: "all" | "waited" | "failed"): TraceTree {
  if (show === "waited") return pruneTree(tree, (node) => node.critical_ms > 0);
  return show === "failed" ? pruneTree(tree, hasFailed) : tree;
}

function axisOf(zoomed: TraceNode | undefined, spanMs: number): Axis {
  if (zoomed === undefined) return { fromMs: 0, toMs: spanMs };
  return { fromMs: zoomed.started_after_ms, toMs: zoomed.started_after_ms + zoomed.duration_ms };
}

/** What there is to be seen closely of a record: itself if anything hangs on it, else what it hangs on. */
export function zoomOf(tree: TraceTree, node: TraceNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  return tree.children.has(node.id) || node.parent_id === null ? node.id : node.parent_id;
}

/** As many levels as were asked for, and after that what the reader opens and closes; a record that is open at first is in view. */
function useExpanded(tree: TraceTree, { depth, span }: { depth: number | undefined; span: string | undefined }) {
  const openAtFirst = (): ReadonlySet<string> => {
    const above = span === undefined ? [] : ancestorsOf(tree, span).map(({ id }) => id);
    return openTo(tree, depth).union(new Set(above));
  };
  const [state, setState] = useState(() => ({ tree, depth, keys: openAtFirst() }));
  if (state.tree !== tree || state.depth !== depth) {
    // A trace that has grown keeps what was closed closed; what is new is open.
    const isGrown = state.depth === depth && tree.roots[0]?.id === state.tree.roots[0]?.id;
    const isClosed = (id: string): boolean => state.tree.children.has(id) && !state.keys.has(id);
    const keys = openAtFirst();
    setState({ tree, depth, keys: isGrown ? new Set([...keys].filter((id) => !isClosed(id))) : keys });
  }
  const set = useCallback((next: Change) => setState((before) => ({ ...before, keys: apply(next, before.keys) })), []);
  return [state.keys, set] as const;
}

type Change = ReadonlySet<string> | ((before: ReadonlySet<string>) => ReadonlySet<string>);

function apply(next: Change, before: ReadonlySet<string>): ReadonlySet<string> {
  return typeof next === "function" ? next(before) : next;
}
