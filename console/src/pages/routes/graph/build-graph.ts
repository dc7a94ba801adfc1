// A route's plan as boxes and lines: the route at the left, its targets at the right, plans between them where they are nested.
import { describePlace } from "./describe-place.ts";
import { type PlanPlace, type PlanShown, sideTarget } from "./read-plan.ts";

export interface GraphNode {
  /** Where it stands in the plan: `targets.0.targets.1`; `route` for the beginning. */
  id: string;
  kind: "route" | "plan" | "target" | "aside";
  /** The route's name, the strategy, or vendor/model. */
  title: string;
  /** What else the plan says of it. */
  notes: string[];
  depth: number;
  /** All that stand at or below it, each once. */
  targets: string[];
}

export interface GraphEdge {
  from: string;
  to: string;
  /** What leads there. */
  words: string[];
}

export interface PlanGraph {
  /** Each after what it hangs on. */
  nodes: GraphNode[];
  edges: GraphEdge[];
}

export function buildGraph(name: string, plan: PlanShown): PlanGraph {
  const graph: PlanGraph = { nodes: [], edges: [] };
  const root: GraphNode = {
    id: "route",
    kind: "route",
    title: name,
    notes: [plan.strategy, ...notesOfPlan(plan), ...notesOfRoute(plan)],
    depth: 0,
    targets: unique(plan.targets.flatMap(targetsIn)),
  };
  graph.nodes.push(root);
  addPlaces(graph, { id: "route", path: "targets", depth: 1, strategy: plan.strategy, places: plan.targets });
  addAsides(graph, plan);
  return graph;
}

interface Parent {
  id: string;
  path: string;
  depth: number;
  strategy: string;
  places: readonly (string | PlanPlace)[];
}

function addPlaces(graph: PlanGraph, { id: from, path, depth, strategy, places }: Parent): void {
  const said = places.map((place): PlanPlace => (typeof place === "string" ? { target: place } : place));
  const weightSum = said.reduce((sum, { weight = 1 }) => sum + weight, 0);
  for (const [index, place] of said.entries()) {
    const id = `${path}.${index}`;
    const words = describePlace(place, index, { strategy, weightSum });
    graph.edges.push({ from, to: id, words });
    if (place.targets === undefined) {
      const title = place.target ?? "";
      graph.nodes.push({ id, kind: "target", title, notes: [], depth, targets: [title] });
      continue;
    }
    const own = place.strategy ?? "order";
    const targets = unique(place.targets.flatMap(targetsIn));
    graph.nodes.push({ id, kind: "plan", title: own, notes: notesOfPlan(place), depth, targets });
    addPlaces(graph, { id, path: `${id}.targets`, depth: depth + 1, strategy: own, places: place.targets });
  }
}

/** Who gets a copy, and who judges: beside the plan, not in it. */
function addAsides(graph: PlanGraph, { shadow = [], judge, share }: PlanShown): void {
  const add = (id: string, title: string, word: string): void => {
    graph.nodes.push({ id, kind: "aside", title, notes: [], depth: 1, targets: [] });
    graph.edges.push({ from: "route", to: id, words: [word] });
  };
  const copies = share === undefined ? "a copy of each call" : `a copy of ${share * 100} % of calls`;
  for (const [index, each] of shadow.entries()) add(`shadow.${index}`, sideTarget(each), copies);
  if (judge !== undefined) add("judge", sideTarget(judge), "judges the answers");
}

function notesOfPlan({ sticky_by: stickyBy }: Pick<PlanShown, "sticky_by">): string[] {
  return stickyBy === undefined ? [] : [`the same for each ${stickyBy.replace("header:", "")}`];
}

function notesOfRoute({ affinity, continue_broken: continues, decide, quorum }: PlanShown): string[] {
  return [
    affinity === "session" ? "conversations stay together" : "",
    continues === true ? "broken streams go on" : "",
    decide === undefined ? "" : `decided by ${decide.replace("_", " ")}`,
    quorum === undefined ? "" : `${quorum} answers are enough`,
  ].filter((note) => note !== "");
}

const targetsIn = (place: string | PlanPlace): string[] => {
  if (typeof place === "string") return [place];
  return place.targets?.flatMap(targetsIn) ?? (place.target === undefined ? [] : [place.target]);
};

const unique = (names: readonly string[]): string[] => [...new Set(names)];
