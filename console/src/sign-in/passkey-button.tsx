// Signing in with a passkey: the browser asks which one.
import { useState } from "react";
import type { Problem } from "../api/explain-error.ts";
import { signInByPasskey } from "../api/session.ts";
import { Button } from "../components/parts/button.tsx";
import { Notice } from "../components/parts/notice.tsx";

export function PasskeyButton({ onSignedIn }: { onSignedIn: () => void }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const begin = async (): Promise<void> => {
    setBusy(true);
    const refusal = await signInByPasskey();
    setBusy(false);
    setProblem(refusal);
    if (refusal === null) onSignedIn();
  };
  return (
    <>
      <Button className="min-h-10 w-full" disabled={busy} onClick={() => void begin()}>
        {busy ? "Waiting for the browser" : "Sign in with a passkey"}
      </Button>
      {problem !== null && <Notice problem={problem} />}
    </>
  );
}
