// Asks before checkpoints are signed with a new key.
import { ConfirmDialog } from "../../../../components/overlays/confirm-dialog.tsx";
import { useServices } from "../../../../page/services.ts";
import { useChange } from "../../../../page/asking/use-change.ts";

export function RotateKeyDialog({ onClose }: { onClose: () => void }) {
  const { api } = useServices();
  const change = useChange("audit");
  return (
    <ConfirmDialog
      title="Sign with a new key"
      consequence="A new key is made, and checkpoints are signed by it and by the one before, so that whoever trusts that alone can follow. An entry names both. There is no way back to the old key alone: tell those who keep your public key."
      confirmLabel="Sign with a new key"
      tone="plain"
      onConfirm={() => change(() => api.client.audit.rotateKey(), "Signed with a new key from now on.")}
      onClose={onClose}
    />
  );
}
