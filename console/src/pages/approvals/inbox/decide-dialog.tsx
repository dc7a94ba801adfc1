// The second tap: says what the decision does and that nothing takes it back, and asks for a reason.
import { useState } from "react";
import type { Approval } from "../../../../../src/approvals/contract.ts";
import { Form } from "../../../components/inputs/form.tsx";
import { TextArea } from "../../../components/inputs/text-field.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { toast } from "../../../components/overlays/show-toast.ts";
import { Button } from "../../../components/parts/button.tsx";
import { useServices } from "../../../page/services.ts";
import { useApprovalChange } from "../use-approvals.ts";
import { consequenceOf } from "../words/describe.ts";

export type Decision = "approve" | "refuse";

interface DecideDialogProps {
  approval: Approval;
  decision: Decision;
  onClose: () => void;
  /** After it was given. */
  onDone: () => void;
}

export const decisionWords = { approve: "Approve", refuse: "Refuse" } as const;

export function DecideDialog({ approval, decision, onClose, onDone }: DecideDialogProps) {
  const { api } = useServices();
  const change = useApprovalChange();
  const [note, setNote] = useState("");
  const submit = () =>
    change(async () => {
      const decided = await api.client.approvals.decide({ id: approval.id, decision, note: note.trim() });
      onClose();
      onDone();
      toast({ text: sayDone(decided, decision) });
    });
  return (
    <Dialog title={`${decisionWords[decision]}: ${approval.what}`} onClose={onClose} isAlert>
      <div className="max-sm:[&_button]:min-h-11 max-sm:[&_button]:flex-1">
        <Form
          onSubmit={submit}
          submitLabel={decisionWords[decision]}
          tone={decision === "refuse" ? "danger" : "primary"}
          aside={<Button onClick={onClose}>Cancel</Button>}
        >
          <p className="text-read">{consequenceOf(approval, decision)}</p>
          <p className="text-read font-semibold">This cannot be undone.</p>
          <TextArea
            label="Reason"
            name="note"
            hint={`Stands on record, and ${approval.asked_by.name} reads it.`}
            required={false}
            maxLength={4000}
            rows={3}
            value={note}
            onChange={setNote}
          />
        </Form>
      </div>
    </Dialog>
  );
}

function sayDone(
  { took_effect: settled, state, what }: Approval & { took_effect: boolean },
  decision: Decision,
): string {
  if (settled) return `${decision === "approve" ? "Approved" : "Refused"}: ${what}`;
  return state === "pending" ? `Your voice counts; others are still needed: ${what}` : `It was settled before: ${what}`;
}
