// Fields and the button that sends them. What the server finds wrong stands beside the button, or at the field that it means.
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import type { Problem } from "../../api/explain-error.ts";
import { Button } from "../parts/button.tsx";
import { Notice } from "../parts/notice.tsx";
import { FieldErrors } from "./field-frame.tsx";

interface FormProps {
  /** Null when it went well. */
  onSubmit: () => Promise<Problem | null>;
  submitLabel: string;
  children: ReactNode;
  /** Beside the button: "Cancel". */
  aside?: ReactNode;
  /** Where the form cannot be sent yet. */
  disabled?: boolean;
  tone?: "primary" | "danger";
}

export function Form({ onSubmit, submitLabel, children, aside, disabled = false, tone = "primary" }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const found = await onSubmit();
    setBusy(false);
    setProblem(found);
    // The first field that is wrong is where the reader goes on.
    if (found !== null) requestAnimationFrame(() => focusFirstWrong(form.current));
  };
  return (
    <FieldErrors value={problem?.fields ?? {}}>
      <form ref={form} noValidate={false} onSubmit={(event) => void submit(event)} className="grid gap-3.5">
        {children}
        {problem !== null && <Notice problem={problem} />}
        <div className="flex flex-wrap items-center justify-end gap-2">
          {aside}
          <Button kind={tone} type="submit" disabled={disabled || busy} aria-busy={busy}>
            {submitLabel}
          </Button>
        </div>
      </form>
    </FieldErrors>
  );
}

function focusFirstWrong(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
}
