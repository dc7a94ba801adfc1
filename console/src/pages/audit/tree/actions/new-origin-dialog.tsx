// Asks before a new tree is begun in the place of the one that there is.
import { ConfirmDialog } from "../../../../components/overlays/confirm-dialog.tsx";
import { useServices } from "../../../../page/services.ts";
import { useTree } from "../use-tree.ts";
import { useChange } from "../../../../page/asking/use-change.ts";

export function NewOriginDialog({ onClose }: { onClose: () => void }) {
  const { api } = useServices();
  const { data } = useTree();
  const change = useChange("audit");
  const isWhole = data?.fault === null;
  return (
    <ConfirmDialog
      title="Begin a new tree"
      consequence={
        <>
          The tree that there is gets no more entries, and proofs of what comes no longer reach back to it. The first
          entry of the new one says of which it takes the place, what was signed of that, and why: the break stays for
          everybody to see, for ever.
          {isWhole && " This tree is as it was signed, so there is no need for a new one."}
        </>
      }
      confirmLabel="Begin a new tree"
      tone="danger"
      typeToConfirm="new tree"
      onConfirm={() => change(() => api.client.audit.newOrigin(), "A new tree was begun.")}
      onClose={onClose}
    />
  );
}
