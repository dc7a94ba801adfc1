// Makes a version of what was written: for review, or as a draft.
import { useState } from "react";
import { Form } from "../../../components/inputs/form.tsx";
import { CheckField } from "../../../components/inputs/choices/check-field.tsx";
import { TextArea } from "../../../components/inputs/text-field.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { toast } from "../../../components/overlays/show-toast.ts";
import { Button } from "../../../components/parts/button.tsx";
import { useServices } from "../../../page/services.ts";
import { usePolicyChange, useTwoPersons } from "../use-policies.ts";
import type { Files } from "./edit-files.ts";

interface ProposeDialogProps {
  files: Files;
  onClose: () => void;
  onProposed: (number: number) => void;
}

export function ProposeDialog({ files, onClose, onProposed }: ProposeDialogProps) {
  const { api } = useServices();
  const change = usePolicyChange();
  const twoPersons = useTwoPersons();
  const [note, setNote] = useState("");
  const [isDraft, setDraft] = useState(false);
  const submit = () =>
    change(async () => {
      const { version } = await api.client.policies.propose({
        files: [...files],
        note: note.trim(),
        is_draft: isDraft,
      });
      if (version === null) return;
      toast({ text: `Version ${version.number} is proposed.` });
      onProposed(version.number);
    });
  return (
    <Dialog title="Propose these policies" onClose={onClose} size="medium">
      <Form onSubmit={submit} submitLabel="Propose" aside={<Button onClick={onClose}>Cancel</Button>}>
        <p className="text-read">
          It becomes a version of its own and decides nothing yet. It has all files that stand here; what is left out
          goes.
          {twoPersons === true && " Somebody else than you approves it before it can be activated."}
        </p>
        <TextArea
          label="Note"
          name="note"
          hint="What changes, and why: whoever approves it reads this first."
          required={false}
          maxLength={2000}
          rows={3}
          value={note}
          onChange={setNote}
        />
        <CheckField label="As a draft, not yet for review" value={isDraft} onChange={setDraft} />
      </Form>
    </Dialog>
  );
}
