// The way in: one field, one button, and where the key is to be found.
import { type FormEvent, useState } from "react";
import type { Problem } from "../api/explain-error.ts";
import { signIn } from "../api/session.ts";
import { CompassCard } from "./brand/compass-card.tsx";
import { Mark } from "./brand/mark.tsx";
import { Button } from "./parts/button.tsx";
import { Notice } from "./parts/notice.tsx";

interface SignInProps {
  /** The reader was signed in, and is not any more. */
  ended: boolean;
  onSignedIn: () => void;
}

export function SignIn({ ended, onSignedIn }: SignInProps) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const field = event.currentTarget.elements.namedItem("key") as HTMLInputElement;
    setBusy(true);
    const refusal = await signIn(field.value.trim());
    setBusy(false);
    setProblem(refusal);
    if (refusal === null) onSignedIn();
    else field.select();
  };
  return (
    <main className="relative flex min-h-full items-center overflow-hidden px-6 py-10 sm:px-[8vw]">
      <CompassCard className="pointer-events-none absolute -right-44 -bottom-80 size-[30rem] text-[color-mix(in_oklab,var(--color-control)_55%,var(--color-paper))] lg:top-1/2 lg:right-auto lg:bottom-auto lg:left-[max(37rem,44vw)] lg:size-[116vh] lg:-translate-y-1/2" />
      <div className="relative w-full max-w-sm">
        <div className="mb-8 flex items-center gap-3">
          <Mark size={40} />
          <h1 className="text-large font-semibold">Binnacle</h1>
        </div>
        <form onSubmit={(event) => void submit(event)} className="grid gap-3">
          {ended && problem === null && <p className="text-read">Your session has ended. Sign in again to go on.</p>}
          <div className="grid gap-1">
            <label htmlFor="key" className="font-semibold">
              API key
            </label>
            <input
              id="key"
              name="key"
              type="password"
              required
              autoFocus
              autoComplete="current-password"
              spellCheck={false}
              placeholder="bk_…"
              aria-describedby="key-where"
              className="min-h-10 w-full rounded-md border border-control bg-sheet px-3 font-mono text-read placeholder:text-soft"
            />
          </div>
          <Button kind="primary" type="submit" disabled={busy} className="min-h-10">
            {busy ? "Signing in" : "Sign in"}
          </Button>
          {problem !== null && <Notice problem={problem} />}
          <p id="key-where" className="text-soft">
            The first key was printed when Binnacle first started; it is kept in the file{" "}
            <code className="font-mono text-fine text-ink">admin.key</code> of the data folder. More are made with{" "}
            <code className="font-mono text-fine text-ink">binnacle keys create</code>; to sign in here they need the
            scope <code className="font-mono text-fine text-ink">read</code>.
          </p>
        </form>
      </div>
    </main>
  );
}
