// A form that proves something: its fields, one button, and what went wrong.
import { type FormEvent, type ReactNode, useState } from "react";
import type { Problem } from "../api/explain-error.ts";
import { Button } from "../components/parts/button.tsx";
import { Notice } from "../components/parts/notice.tsx";

interface ProofFormProps {
  label: string;
  /** On the button; `busy` while it is under way. */
  verb: string;
  busyVerb: string;
  prove: (form: HTMLFormElement) => Promise<Problem | null>;
  onProven: () => void;
  children: ReactNode;
}

export function ProofForm({ label, verb, busyVerb, prove, onProven, children }: ProofFormProps) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    const refusal = await prove(form);
    setBusy(false);
    setProblem(refusal);
    if (refusal === null) onProven();
    else form.querySelector<HTMLInputElement>("input[type=password]")?.select();
  };
  return (
    <form aria-label={label} onSubmit={(event) => void submit(event)} className="grid grid-cols-1 gap-3">
      {children}
      <Button kind="primary" type="submit" disabled={busy} className="min-h-10">
        {busy ? busyVerb : verb}
      </Button>
      {problem !== null && <Notice problem={problem} />}
    </form>
  );
}
