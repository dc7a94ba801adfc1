// Destroys the key of a person: nobody can say any more who was meant, and every proof stays.
import { useState } from "react";
import { Form } from "../../../../components/inputs/form.tsx";
import { TextField } from "../../../../components/inputs/text-field.tsx";
import { ConfirmDialog } from "../../../../components/overlays/confirm-dialog.tsx";
import { Dialog } from "../../../../components/overlays/dialog.tsx";
import { Button } from "../../../../components/parts/button.tsx";
import { useServices } from "../../../../page/services.ts";
import { useChange } from "../../../../page/asking/use-change.ts";

export function EraseDialog({ onClose }: { onClose: () => void }) {
  const { api } = useServices();
  const change = useChange("audit");
  const [user, setUser] = useState("");
  const [isNamed, setNamed] = useState(false);
  const name = user.trim();
  if (!isNamed)
    return (
      <Dialog title="Erase a person from the trail" onClose={onClose}>
        <Form
          submitLabel="Go on"
          tone="danger"
          aside={<Button onClick={onClose}>Cancel</Button>}
          onSubmit={async () => {
            setNamed(true);
            return null;
          }}
        >
          <TextField label="User" value={user} onChange={setUser} required hint="As entries name them, such as ada." />
        </Form>
      </Dialog>
    );
  return (
    <ConfirmDialog
      title={`Erase ${name}`}
      consequence={`The key of ${name}’s personal parts is destroyed. From then on nobody can say who is meant by the entries that name ${name} now, nor read what was sealed with them; all proofs hold as before. It cannot be undone. Bodies of calls are the vault’s: erase those under Compliance.`}
      confirmLabel={`Erase ${name}`}
      tone="danger"
      typeToConfirm={name}
      onConfirm={() =>
        change(() => api.client.audit.erase({ subject: `user:${name}` }), "The person’s key was destroyed.")
      }
      onClose={onClose}
    />
  );
}
