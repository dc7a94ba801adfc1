// Asks once more before something that cannot be taken back, and says what it will mean. What can be undone is not asked
// about: it is done, and a toast offers to undo it.
import { type FormEvent, type ReactNode, useId, useState } from "react";
import type { Problem } from "../../api/explain-error.ts";
import { Button } from "../parts/button.tsx";
import { Notice } from "../parts/notice.tsx";
import { TextField } from "../inputs/text-field.tsx";
import { Dialog } from "./dialog.tsx";

interface ConfirmDialogProps {
  title: string;
  /** What will be so afterwards, in a sentence or two. */
  consequence: ReactNode;
  /** The verb of the title again: "Revoke the key", never "OK". */
  confirmLabel: string;
  tone: "danger" | "plain";
  /** A name to be typed first, where a slip would be dear. */
  typeToConfirm?: string;
  /** The dialog closes where this gives null, and shows the problem where it gives one. */
  onConfirm: () => Promise<Problem | null>;
  onClose: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, consequence, confirmLabel, tone, typeToConfirm, onConfirm, onClose } = props;
  const form = useId();
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const isReady = typeToConfirm === undefined || typed.trim() === typeToConfirm;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isReady || busy) return;
    setBusy(true);
    const found = await onConfirm();
    setBusy(false);
    setProblem(found);
    if (found === null) onClose();
  };
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button kind={tone === "danger" ? "danger" : "primary"} type="submit" form={form} disabled={!isReady || busy}>
        {confirmLabel}
      </Button>
    </>
  );
  return (
    <Dialog title={title} onClose={onClose} footer={footer} isAlert>
      <form id={form} onSubmit={(event) => void submit(event)} className="grid gap-3">
        <div className="text-read">{consequence}</div>
        {typeToConfirm !== undefined && (
          <TextField
            label={
              <>
                Type <code className="font-mono text-fine">{typeToConfirm}</code> to go on
              </>
            }
            value={typed}
            onChange={setTyped}
            autoComplete="off"
          />
        )}
        {problem !== null && <Notice problem={problem} />}
      </form>
    </Dialog>
  );
}
