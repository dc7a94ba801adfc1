// Looking for something in the tree: what matches stays, with what it stands below; all else is left out.
import type { DirectoryNode } from "./build-tree.ts";

/** Null where nothing of it matches. What stands below a match stays with it. */
export function narrowTree(node: DirectoryNode, typed: string): DirectoryNode | null {
  const wanted = typed.trim().toLowerCase();
  return wanted === "" ? node : narrow(node, wanted);
}

function narrow(node: DirectoryNode, wanted: string): DirectoryNode | null {
  if (node.kind !== "people" && matches(node, wanted)) return node;
  const children = node.children.map((child) => narrow(child, wanted)).filter((child) => child !== null);
  return children.length === 0 ? null : { ...node, children };
}

function matches({ kind, name, key }: DirectoryNode, wanted: string): boolean {
  return name.toLowerCase().includes(wanted) || `${kind}:${name}`.toLowerCase() === wanted || key?.id === wanted;
}

/** All paths that have something below them. */
export function pathsOf(node: DirectoryNode): string[] {
  if (node.children.length === 0) return [];
  return [node.path, ...node.children.flatMap(pathsOf)];
}

/** The first place of `team:finance`, and the places above it. */
export function placeOf(node: DirectoryNode, what: string): DirectoryNode[] | null {
  if (node.what === what) return [node];
  for (const child of node.children) {
    const found = placeOf(child, what);
    if (found !== null) return [node, ...found];
  }
  return null;
}
