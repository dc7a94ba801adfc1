// Destroys the keys of somebody's data: named first, then asked once more with the consequence.
import { useChange } from "../../../page/asking/use-change.ts";
import { useState } from "react";
import { Form } from "../../../components/inputs/form.tsx";
import { ConfirmDialog } from "../../../components/overlays/confirm-dialog.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { useServices } from "../../../page/services.ts";
import { saySubject } from "./say-subject.tsx";
import { noSubject, SubjectFields, subjectOf } from "./subject-fields.tsx";

export function EraseDialog({ onClose }: { onClose: () => void }) {
  const { api } = useServices();
  const change = useChange("vault");
  const [draft, setDraft] = useState(noSubject);
  const [isNamed, setNamed] = useState(false);
  const subject = subjectOf(draft);
  const whose = saySubject(subject);
  const goOn = async () => {
    if (whose === "") return nobody;
    setNamed(true);
    return null;
  };
  if (!isNamed)
    return (
      <Dialog title="Erase data" onClose={onClose} size="medium">
        <Form submitLabel="Go on" tone="danger" aside={<Button onClick={onClose}>Cancel</Button>} onSubmit={goOn}>
          <SubjectFields value={draft} onChange={setDraft} reasonHint="It stands on the certificate: name nobody." />
        </Form>
      </Dialog>
    );
  return (
    <ConfirmDialog
      title={`Erase data of ${whose}`}
      consequence={`The keys of all that was sealed for ${whose} are destroyed, here and in every process within a second. What was asked and answered can be read by nobody any more; that it happened, and its proofs, stay. It cannot be undone. A certificate says what was done, and names nobody.`}
      confirmLabel="Erase for good"
      tone="danger"
      typeToConfirm={Object.values(subject)[0] ?? whose}
      onConfirm={() =>
        change(
          () => api.client.vault.erase({ subject, reason: draft.reason.trim() }),
          "Erased. The certificate is on the list.",
        )
      }
      onClose={onClose}
    />
  );
}

const nobody = {
  kind: "refused" as const,
  code: "console.no_subject",
  message: "Nobody’s data is named.",
  fix: "Name a user, a project, a key or an organisation.",
};
