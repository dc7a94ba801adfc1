// Signing in with a name and a password.
import { signInByPassword } from "../api/session.ts";
import { Field, valueIn } from "./field.tsx";
import { ProofForm } from "./proof-form.tsx";

export function PasswordForm({ onSignedIn }: { onSignedIn: () => void }) {
  return (
    <ProofForm
      label="Sign in with a password"
      verb="Sign in"
      busyVerb="Signing in"
      prove={(form) => signInByPassword(valueIn(form, "name").trim(), valueIn(form, "password"))}
      onProven={onSignedIn}
    >
      <Field id="name" label="Name" autoFocus autoComplete="username webauthn" autoCapitalize="none" />
      <Field id="password" label="Password" type="password" autoComplete="current-password" />
    </ProofForm>
  );
}
