// A trace's records as the page walks them. The API has put them in a tree already, and says where one does not fit; here they
// are only found again: by id, by parent, by what is looked for.
import type { TraceDetail, TraceNode } from "../../../../../src/ledger/contract.ts";

export interface TraceTree {
  /** Each after what it hangs on, as the API gave them. */
  nodes: readonly TraceNode[];
  roots: readonly TraceNode[];
  byId: ReadonlyMap<string, TraceNode>;
  children: ReadonlyMap<string, readonly TraceNode[]>;
}

/** An answer with what the page finds its records by. */
export interface ReadTrace {
  trace: TraceDetail;
  whole: TraceTree;
  /** Ids of those that count in the sums. */
  counted: ReadonlySet<string>;
}

export function readTrace(trace: TraceDetail): ReadTrace {
  return { trace, whole: treeOf(trace.nodes), counted: countedIn(trace.nodes) };
}

export function treeOf(nodes: readonly TraceNode[]): TraceTree {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const children = new Map<string, TraceNode[]>();
  const roots: TraceNode[] = [];
  for (const node of nodes) {
    const parentId = node.parent_id;
    if (parentId === null || !byId.has(parentId)) roots.push(node);
    else {
      const siblings = children.get(parentId);
      if (siblings === undefined) children.set(parentId, [node]);
      else siblings.push(node);
    }
  }
  return { nodes, roots, byId, children };
}

export function childrenIn(tree: TraceTree, node: TraceNode): readonly TraceNode[] {
  return tree.children.get(node.id) ?? [];
}

/** From its parent up to the top. */
export function ancestorsOf(tree: TraceTree, id: string): TraceNode[] {
  const ancestors: TraceNode[] = [];
  let at = tree.byId.get(id);
  while (at !== undefined && at.parent_id !== null) {
    at = tree.byId.get(at.parent_id);
    if (at !== undefined) ancestors.push(at);
  }
  return ancestors;
}

/** The tree of those that pass, and of what they hang on. */
export function pruneTree(tree: TraceTree, passes: (node: TraceNode) => boolean): TraceTree {
  const kept = new Set<string>();
  for (const node of tree.nodes) {
    if (!passes(node)) continue;
    for (let at: TraceNode | undefined = node; at !== undefined && !kept.has(at.id);) {
      kept.add(at.id);
      at = at.parent_id === null ? undefined : tree.byId.get(at.parent_id);
    }
  }
  return treeOf(tree.nodes.filter(({ id }) => kept.has(id)));
}

/** Ids of what is open when so many levels are shown; all that has anything below it without a depth. */
export function openTo(tree: TraceTree, depth: number | undefined): ReadonlySet<string> {
  const open = [...tree.children.keys()];
  if (depth === undefined) return new Set(open);
  return new Set(open.filter((id) => (tree.byId.get(id)?.depth ?? 0) < depth - 1));
}

/** Records that say a text in one of their names, whatever the case of its letters. */
export function findIn(tree: TraceTree, text: string): readonly TraceNode[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [];
  return tree.nodes.filter((node) => wordsOf(node).some((word) => word.toLowerCase().includes(wanted)));
}

function wordsOf({ name, kind, service, agent, tool, model, error_code: code, span_id, id }: TraceNode): string[] {
  return [name, kind, service, agent, tool, model, code, span_id, id].filter((word) => word !== null);
}

export function hasFailed({ outcome }: TraceNode): boolean {
  return outcome !== "ok";
}

/** The next of some records after the one that is open, round to the first again; backwards with `by` −1. */
export function nextAmong(among: readonly TraceNode[], tree: TraceTree, from: { id: string | null; by: 1 | -1 }) {
  if (among.length === 0) return undefined;
  const places = new Map(tree.nodes.map(({ id }, place) => [id, place]));
  const placeOf = (id: string): number => places.get(id) ?? -1;
  const at = from.id === null ? (from.by === 1 ? -1 : tree.nodes.length) : placeOf(from.id);
  return from.by === 1
    ? (among.find(({ id }) => placeOf(id) > at) ?? among[0])
    : (among.findLast(({ id }) => placeOf(id) < at) ?? among.at(-1));
}

/** How long before its parent a record says it began: clocks of two machines, most often. 0 where it began after it. */
export function earlyBy(tree: TraceTree, node: TraceNode): number {
  const parent = node.parent_id === null ? undefined : tree.byId.get(node.parent_id);
  return parent === undefined ? 0 : Math.max(0, parent.started_after_ms - node.started_after_ms);
}

/**
 * Ids of those that count in the trace's sums, by the API's own rule: a span that is a call through this gateway stands for it where
 * that call's own record is not in the trace, and two that are the same call count once.
 */
export function countedIn(nodes: readonly TraceNode[]): ReadonlySet<string> {
  const counted = new Set(nodes.filter((node) => node.counted).map(({ id }) => id));
  const there = new Set(nodes.map(({ id }) => id));
  const echoes = nodes
    .filter(({ same_as }) => same_as !== null)
    .toSorted((one, other) => (other.cost_usd_micros ?? -1) - (one.cost_usd_micros ?? -1));
  for (const { id, same_as: call } of echoes) {
    if (call === null || there.has(call)) continue;
    there.add(call);
    counted.add(id);
  }
  return counted;
}

/** What a record is called in one or two words. */
export function nameOf({ name, tool, agent, model, kind }: TraceNode): string {
  return name ?? tool ?? agent ?? model ?? kind;
}
