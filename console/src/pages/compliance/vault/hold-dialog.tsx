// Holds somebody's data.
import { useChange } from "../../../page/asking/use-change.ts";
import { useState } from "react";
import { Form } from "../../../components/inputs/form.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { useServices } from "../../../page/services.ts";
import { saySubject } from "./say-subject.tsx";
import { noSubject, SubjectFields, subjectOf } from "./subject-fields.tsx";

export function HoldDialog({ onClose }: { onClose: () => void }) {
  const { api } = useServices();
  const change = useChange("vault");
  const [draft, setDraft] = useState(noSubject);
  const subject = subjectOf(draft);
  const hold = async () => {
    const problem = await change(
      () => api.client.vault.hold({ subject, reason: draft.reason.trim() }),
      `Data of ${saySubject(subject)} is held.`,
    );
    if (problem === null) onClose();
    return problem;
  };
  return (
    <Dialog title="Hold data" onClose={onClose} size="medium">
      <Form submitLabel="Hold the data" aside={<Button onClick={onClose}>Cancel</Button>} onSubmit={hold}>
        <p className="text-soft">
          Until the hold is lifted, neither retention nor the disk’s bound nor an erasure takes what it is about.
        </p>
        <SubjectFields value={draft} onChange={setDraft} reasonHint="Such as the number of the case." />
      </Form>
    </Dialog>
  );
}
