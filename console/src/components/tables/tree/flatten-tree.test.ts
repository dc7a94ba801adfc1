import { expect, test } from "bun:test";
import { flattenTree } from "./flatten-tree.ts";

interface Node {
  id: string;
  children: Node[];
}

const leaf = (id: string): Node => ({ id, children: [] });
const roots: Node[] = [{ id: "a", children: [{ id: "b", children: [leaf("c")] }, leaf("d")] }, leaf("e")];
const flatten = (isExpanded: (key: string, depth: number) => boolean) =>
  flattenTree(roots, { keyOf: (node) => node.id, childrenOf: (node) => node.children, isExpanded });

test("lists each node after its parent, with its place among its siblings", () => {
  const nodes = flatten(() => true);
  expect(nodes.map(({ key, depth }) => `${key}${depth}`)).toEqual(["a0", "b1", "c2", "d1", "e0"]);
  expect(nodes[3]).toMatchObject({ position: 2, siblingCount: 2, parentKey: "a", isExpanded: false });
});

test("leaves out what is below a closed node, and opens by level", () => {
  expect(flatten((key) => key !== "b").map(({ key }) => key)).toEqual(["a", "b", "d", "e"]);
  expect(flatten((_, depth) => depth < 1).map(({ key }) => key)).toEqual(["a", "b", "d", "e"]);
});

test("walks a chain of a hundred thousand", () => {
  let chain = leaf("0");
  for (let index = 1; index < 100_000; index++) chain = { id: String(index), children: [chain] };
  const nodes = flattenTree([chain], {
    keyOf: (node) => node.id,
    childrenOf: (node) => node.children,
    isExpanded: () => true,
  });
  expect(nodes.at(-1)?.depth).toBe(99_999);
});
