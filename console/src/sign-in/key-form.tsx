// Signing in with a key: one field, one button, and where the key is to be found.
import { signIn } from "../api/session.ts";
import { Field, valueIn } from "./field.tsx";
import { ProofForm } from "./proof-form.tsx";

export function KeyForm({ autoFocus, onSignedIn }: { autoFocus: boolean; onSignedIn: () => void }) {
  return (
    <ProofForm
      label="Sign in with an API key"
      verb="Sign in"
      busyVerb="Signing in"
      prove={(form) => signIn(valueIn(form, "key").trim())}
      onProven={onSignedIn}
    >
      <Field
        id="key"
        label="API key"
        type="password"
        autoFocus={autoFocus}
        autoComplete="off"
        placeholder="bk_…"
        aria-describedby="key-where"
        className="font-mono"
      />
      <p id="key-where" className="order-last text-soft">
        The first key was printed when Binnacle first started; it is kept in the file{" "}
        <code className="font-mono text-fine text-ink">admin.key</code> of the data folder. More are made with{" "}
        <code className="font-mono text-fine text-ink">binnacle keys create</code>; to sign in here they need the scope{" "}
        <code className="font-mono text-fine text-ink">read</code>.
      </p>
    </ProofForm>
  );
}
