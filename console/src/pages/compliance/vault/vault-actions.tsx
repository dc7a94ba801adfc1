// What can be done about the vault's keys, for those who may.
import { useChange } from "../../../page/asking/use-change.ts";
import { useState } from "react";
import { ConfirmDialog } from "../../../components/overlays/confirm-dialog.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { useServices } from "../../../page/services.ts";
import { useVaultState } from "./use-vault.ts";

export function VaultActions() {
  const { api, session } = useServices();
  const { data } = useVaultState();
  const change = useChange("vault");
  const [isAsking, setAsking] = useState(false);
  if (!session.operations.includes("vault.rotate")) return null;
  const isEmpty = data !== undefined && data.master === null;
  return (
    <>
      <Button
        onClick={() => setAsking(true)}
        disabled={isEmpty}
        {...(isEmpty && { title: "There is no key yet: nothing was sealed." })}
      >
        Rotate the wrapping key
      </Button>
      {isAsking && (
        <ConfirmDialog
          title="Rotate the wrapping key"
          consequence="A new wrapping key is begun, and all data keys are wrapped with it, some at a time, while calls go on. Nothing becomes unreadable. Copies of the database from before hold the keys as they were wrapped then."
          confirmLabel="Rotate the key"
          tone="plain"
          onConfirm={() => change(() => api.client.vault.rotate(), "A new wrapping key is in use.")}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
