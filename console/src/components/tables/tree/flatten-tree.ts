// A tree as the rows that are to be seen: each node after its parent, those below a closed one left out.

export interface TreeNode<Row> {
  key: string;
  row: Row;
  /** From 0. */
  depth: number;
  childCount: number;
  isExpanded: boolean;
  parentKey: string | null;
  /** Its place among those of the same parent, from 1, and how many those are. */
  position: number;
  siblingCount: number;
}

export interface TreeShape<Row> {
  keyOf(row: Row): string;
  childrenOf(row: Row): readonly Row[];
  isExpanded(key: string, depth: number): boolean;
}

/** Walks without recursion: a trace may be a chain of thousands. */
export function flattenTree<Row>(roots: readonly Row[], shape: TreeShape<Row>): TreeNode<Row>[] {
  const nodes: TreeNode<Row>[] = [];
  const waiting = nodesOf(roots, null, shape).reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    nodes.push(node);
    if (node.isExpanded) waiting.push(...nodesOf(shape.childrenOf(node.row), node, shape).reverse());
  }
  return nodes;
}

function nodesOf<Row>(rows: readonly Row[], parent: TreeNode<Row> | null, shape: TreeShape<Row>): TreeNode<Row>[] {
  return rows.map((row, index) => {
    const key = shape.keyOf(row);
    const childCount = shape.childrenOf(row).length;
    const depth = parent === null ? 0 : parent.depth + 1;
    return {
      key,
      row,
      depth,
      childCount,
      isExpanded: childCount > 0 && shape.isExpanded(key, depth),
      parentKey: parent?.key ?? null,
      position: index + 1,
      siblingCount: rows.length,
    };
  });
}
