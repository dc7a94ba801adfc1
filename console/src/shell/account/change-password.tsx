// Another password; where there is none yet, the first.
import { type FormEvent, useState } from "react";
import { useServices } from "../../page/services.ts";
import { Button } from "../../components/parts/button.tsx";
import { Notice } from "../../components/parts/notice.tsx";
import { Field, valueIn } from "../../sign-in/field.tsx";
import { useChange } from "./use-change.ts";

export function ChangePassword() {
  const { api } = useServices();
  const { problem, busy, change } = useChange("devices");
  const [done, setDone] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = { current: valueIn(form, "current-password"), next: valueIn(form, "next-password") };
    const isDone = await change(() => api.client.session.changePassword(given));
    setDone(isDone);
    if (isDone) form.reset();
  };
  return (
    <section aria-labelledby="password-title">
      <h3 id="password-title" className="mb-1 font-semibold">
        Password
      </h3>
      <form className="grid gap-2" onSubmit={(event) => void submit(event)}>
        <Field
          id="current-password"
          label="Present password, if you have one"
          type="password"
          autoComplete="current-password"
          required={false}
        />
        <Field id="next-password" label="New password" type="password" autoComplete="new-password" />
        <div>
          <Button type="submit" disabled={busy}>
            Change password
          </Button>
        </div>
        <p role="status">{done && "Changed. Your other sessions have ended."}</p>
      </form>
      {problem !== null && <Notice problem={problem} />}
    </section>
  );
}
