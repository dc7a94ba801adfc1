// What a plan names first stands first in the drawing, too.
import { expect, test } from "bun:test";
import { buildGraph } from "./build-graph.ts";
import { layOut } from "./lay-out.ts";
import { readPlan } from "./read-plan.ts";

const box = { width: 200, height: 60 };

test("places keep their order from top to bottom, and boxes do not lie on each other", () => {
  const plan = readPlan({
    strategy: "weighted",
    targets: ["a/1", { targets: ["b/1", { targets: ["c/1", "c/2"] }, "b/2"] }, "a/2", { targets: ["d/1"] }],
  });
  if (plan === null) throw new Error("no plan");
  const graph = buildGraph("ship", plan);
  const { places } = layOut(graph, { box, isNarrow: false, lineLength: 100 });
  for (const parent of graph.nodes) {
    const children = graph.edges.filter(({ from }) => from === parent.id).map(({ to }) => to);
    const heights = children.map((child) => places.find(({ id }) => id === child)?.y ?? 0);
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
  }
  const spots = places.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`);
  expect(new Set(spots).size).toBe(places.length);
});
