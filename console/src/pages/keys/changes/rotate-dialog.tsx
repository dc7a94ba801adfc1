// Gives a key a new secret; the one before goes on working for as long as is said.
import { useState } from "react";
import type { CreatedKey, Key } from "../../../../../src/governance/contract.ts";
import { useChange } from "../../../components/access/use-change.ts";
import { Form } from "../../../components/inputs/form.tsx";
import { SelectField } from "../../../components/inputs/select-field.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { useServices } from "../../../page/services.ts";

const hourMs = 3_600_000;
const overlaps = [
  { value: "0", label: "not at all: it ends now" },
  { value: String(hourMs), label: "an hour" },
  { value: String(24 * hourMs), label: "a day" },
  { value: String(7 * 24 * hourMs), label: "a week" },
  { value: String(30 * 24 * hourMs), label: "30 days" },
];

interface RotateDialogProps {
  apiKey: Key;
  onMade: (key: CreatedKey) => void;
  onClose: () => void;
}

export function RotateDialog({ apiKey: key, onMade, onClose }: RotateDialogProps) {
  const { api } = useServices();
  const change = useChange();
  const [overlap, setOverlap] = useState(String(24 * hourMs));
  const submit = () =>
    change(async () => onMade(await api.client.keys.rotate({ id: key.id, overlap_ms: Number(overlap) })));
  return (
    <Dialog title={`Rotate the key ${key.name}`} onClose={onClose}>
      <Form submitLabel="Rotate the key" aside={<Button onClick={onClose}>Cancel</Button>} onSubmit={submit}>
        <p className="text-read">
          It gets a new secret, which is shown once and works at once. Its id stays, and with it its budgets and
          records.
          {key.previous_until_ms !== null && " The secret before the present one, which still works, ends now."}
        </p>
        <SelectField
          label="The present secret goes on working for"
          name="overlap_ms"
          value={overlap}
          onChange={setOverlap}
          options={overlaps}
        />
      </Form>
    </Dialog>
  );
}
