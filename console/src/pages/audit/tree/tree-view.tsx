// The tree that the trail is kept in: what was signed of it, by which key, who else saw it, and whether all of it holds.
import { explainError } from "../../../api/explain-error.ts";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { Growth } from "./growth/growth.tsx";
import { OthersWhoSaw } from "./others-who-saw.tsx";
import { TreeFault } from "./tree-fault.tsx";
import { TreeState } from "./tree-state.tsx";
import { TrustedKey } from "./trusted-key.tsx";
import { useTree } from "./use-tree.ts";
import { WholeTrail } from "./whole-trail.tsx";

export function TreeView() {
  const tree = useTree();
  const { data } = tree;
  if (data === undefined) {
    if (tree.isError) return <Notice problem={explainError(tree.error)} />;
    return <Loading>Asking for the tree.</Loading>;
  }
  return (
    <>
      {data.fault !== null && <TreeFault fault={data.fault} />}
      <TreeState state={data} />
      <WholeTrail />
      <Growth state={data} />
      <TrustedKey keys={data.keys} />
      <OthersWhoSaw state={data} />
    </>
  );
}
