// Which rows of the tree are open: teams are, people taken together are not, until the reader says otherwise. While something is looked for, all are.
import { useCallback, useMemo, useState } from "react";
import type { DirectoryNode } from "./build-tree.ts";

export function useExpanded(root: DirectoryNode | null, isFinding: boolean) {
  // What the reader did; where nothing was done, the kind decides.
  const [choices, setChoices] = useState<ReadonlyMap<string, boolean>>(new Map());
  const expanded = useMemo(() => {
    const open = new Set<string>();
    const walk = (node: DirectoryNode): void => {
      if (node.children.length === 0) return;
      if (choices.get(node.path) ?? (isFinding || isOpenAtFirst(node))) open.add(node.path);
      node.children.forEach(walk);
    };
    if (root !== null) walk(root);
    return open;
  }, [root, choices, isFinding]);
  const onExpand = useCallback(
    (keys: ReadonlySet<string>) =>
      setChoices((before) => {
        const next = new Map(before);
        for (const key of keys.symmetricDifference(expanded)) next.set(key, keys.has(key));
        return next;
      }),
    [expanded],
  );
  /** So that the place of something that was opened by its address is in view. */
  const reveal = useCallback(
    (paths: readonly string[]) =>
      setChoices((before) => new Map([...before, ...paths.map((path) => [path, true] as const)])),
    [],
  );
  return { expanded, onExpand, reveal };
}

const isOpenAtFirst = ({ kind }: DirectoryNode): boolean => kind === "organisation" || kind === "team";
