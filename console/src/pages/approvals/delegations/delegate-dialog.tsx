// Lets somebody decide in the reader's place until a time.
import { useCallback, useState } from "react";
import { ComboField, type Suggestion } from "../../../components/inputs/choices/combo-field.tsx";
import { Form } from "../../../components/inputs/form.tsx";
import { localFromMs, msFromLocal } from "../../../components/inputs/range/range-to-ms.ts";
import { TextField } from "../../../components/inputs/text-field.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { toast } from "../../../components/overlays/show-toast.ts";
import { Button } from "../../../components/parts/button.tsx";
import { formatZone } from "../../../format/moments.ts";
import { formatStampWithZone } from "../../../format/stamps.ts";
import { useServices } from "../../../page/services.ts";
import { useApprovalChange } from "../use-approvals.ts";

const weekMs = 7 * 86_400_000;
const suggestionsMax = 30;

export function DelegateDialog({ onClose }: { onClose: () => void }) {
  const { api, session } = useServices();
  const change = useApprovalChange();
  const [to, setTo] = useState("");
  const [until, setUntil] = useState(() => localFromMs(Date.now() + weekMs));
  const untilMs = msFromLocal(until);
  const mayList = session.operations.includes("users.list");
  const suggest = useCallback(
    async (typed: string, signal: AbortSignal): Promise<readonly Suggestion[]> => {
      if (!mayList) return [];
      const { entries } = await api.client.users.list({ limit: 200 }, { signal });
      const found = entries.filter(({ name }) => name !== session.user && name.includes(typed.trim()));
      return found.slice(0, suggestionsMax).map(({ name }) => ({ value: name }));
    },
    [api, mayList, session.user],
  );
  const submit = () =>
    change(async () => {
      await api.client.approvals.delegations.create({ to: to.trim(), until_ms: untilMs ?? 0 });
      toast({ text: `${to.trim()} decides in your place until ${formatStampWithZone(untilMs ?? 0)}.` });
      onClose();
    });
  return (
    <Dialog title="Delegate" onClose={onClose}>
      <Form
        onSubmit={submit}
        submitLabel="Delegate"
        disabled={to.trim() === "" || untilMs === null}
        aside={<Button onClick={onClose}>Cancel</Button>}
      >
        <p className="text-read">
          Whoever you name may approve and refuse in your place. You may, too: together you have one voice. You can end
          it at any time.
        </p>
        <ComboField
          label="To whom"
          name="to"
          hint="A user’s name, or the id of a key."
          value={to}
          onChange={setTo}
          suggest={suggest}
        />
        <TextField
          label="Until"
          name="until_ms"
          type="datetime-local"
          hint={`In your own time, ${formatZone(untilMs ?? Date.now())}.`}
          value={until}
          onChange={setUntil}
        />
      </Form>
    </Dialog>
  );
}
