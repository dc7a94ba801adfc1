// Somebody was invited: who it is, and the first proof, a password or a passkey.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { explainError, type Problem } from "../api/explain-error.ts";
import { acceptInvitation, acceptInvitationByPasskey, hasPasskeys, readInvitation } from "../api/session.ts";
import { Button } from "../components/parts/button.tsx";
import { Notice } from "../components/parts/notice.tsx";
import { Field, valueIn } from "./field.tsx";
import { ProofForm } from "./proof-form.tsx";

interface InvitationProps {
  token: string;
  onSignedIn: () => void;
}

export function Invitation({ token, onSignedIn }: InvitationProps) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => readInvitation(token),
    staleTime: Infinity,
  });
  if (asked.isPending) return null;
  if (asked.isError)
    return (
      <div className="grid grid-cols-1 gap-3">
        <Notice problem={explainError(asked.error)} />
        <a className="text-pen underline" href="#/calls">
          Sign in
        </a>
      </div>
    );
  const withPasskey = async (): Promise<void> => {
    const refusal = await acceptInvitationByPasskey(token, "first passkey");
    setProblem(refusal);
    if (refusal === null) onSignedIn();
  };
  return (
    <div className="grid grid-cols-1 gap-4">
      <p className="text-read">
        You were invited as <strong className="font-semibold">{asked.data}</strong>. Choose how you prove from now on
        that you are.
      </p>
      <ProofForm
        label="Set a password"
        verb="Set password and sign in"
        busyVerb="Signing in"
        prove={(form) => acceptInvitation(token, valueIn(form, "new-password"))}
        onProven={onSignedIn}
      >
        <input type="hidden" name="username" autoComplete="username" value={asked.data} readOnly />
        <Field id="new-password" label="New password" type="password" autoFocus autoComplete="new-password" />
      </ProofForm>
      {hasPasskeys() && (
        <Button className="min-h-10" onClick={() => void withPasskey()}>
          Make a passkey in its place
        </Button>
      )}
      {problem !== null && <Notice problem={problem} />}
    </div>
  );
}
