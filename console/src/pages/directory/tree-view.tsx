// The tree itself: found in, opened by keys, one of it shown beside it.
import { useEffect, useMemo } from "react";
import { Notice } from "../../components/parts/notice.tsx";
import { TreeTable } from "../../components/tables/tree-table.tsx";
import { useAddress } from "./address.ts";
import { EntryActions } from "./changes/entry-actions.tsx";
import { EntryDrawer } from "./drawer/entry-drawer.tsx";
import type { DirectoryNode } from "./tree/build-tree.ts";
import { columnsOf } from "./tree/columns.tsx";
import { narrowTree, placeOf } from "./tree/find-in-tree.ts";
import { useExpanded } from "./tree/use-expanded.ts";
import type { Tree } from "./use-tree.ts";

const pathOf = (node: DirectoryNode): string => node.path;
const childrenOf = (node: DirectoryNode): readonly DirectoryNode[] => node.children;

export function TreeView({ tree }: { tree: Tree }) {
  const { organisation, open, find, goTo, hrefOf } = useAddress();
  const { root, spendOf } = tree;
  const shown = useMemo(() => (root === null ? null : narrowTree(root, find)), [root, find]);
  const roots = useMemo(() => (shown === null ? [] : [shown]), [shown]);
  const place = useMemo(() => (root === null || open === null ? null : placeOf(root, open)), [root, open]);
  const columns = useMemo(() => columnsOf(spendOf), [spendOf]);
  const { expanded, onExpand, reveal } = useExpanded(shown, find !== "");
  const opened = place?.at(-1) ?? null;
  const above = place?.slice(0, -1).map(pathOf).join("\n") ?? "";
  useEffect(() => {
    if (above !== "") reveal(above.split("\n"));
  }, [above, reveal]);
  const openNode = (node: DirectoryNode, { replace }: { replace: boolean }): void => {
    if (node.kind !== "people") goTo({ open: node.what }, replace);
    else if (!replace) onExpand(expanded.symmetricDifference(new Set([node.path])));
  };
  const closeDrawer = (): void => goTo({ open: undefined });
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {tree.isCut && <Cut />}
        <TreeTable
          label="Teams, projects, people and keys"
          roots={roots}
          childrenOf={childrenOf}
          rowKey={pathOf}
          columns={columns}
          expanded={expanded}
          onExpand={onExpand}
          hrefOf={(node) => hrefOf(node.what)}
          onOpen={openNode}
          openKey={opened?.path ?? null}
          loading={root === null}
          problem={tree.problem}
          empty={find === "" ? undefined : `Nothing here is called “${find}”.`}
          fill
        />
      </div>
      {opened !== null && (
        <EntryDrawer
          node={opened}
          organisation={organisation}
          actions={<EntryActions key={opened.what} node={opened} organisation={organisation} onGone={closeDrawer} />}
          onClose={closeDrawer}
        />
      )}
      {opened === null && open !== null && root !== null && (
        <div className="p-4">
          <Notice
            problem={{
              kind: "missing",
              code: "console.not_there",
              message: "There is nothing of this name here.",
              fix: `“${open}” may have been deleted, or be another organisation's.`,
            }}
          />
        </div>
      )}
    </div>
  );
}

function Cut() {
  return (
    <p className="border-b border-line bg-sheet px-4 py-1.5 text-soft">
      There is more here than this page reads, such as keys beyond the newest 5,000.{" "}
      <code className="font-mono text-fine">binnacle export</code> writes all of it.
    </p>
  );
}
