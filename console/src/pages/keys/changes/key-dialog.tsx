// Makes a key or changes one, in one dialog. Of a new one the secret follows, this once.
import { useState } from "react";
import type { CreatedKey, Key } from "../../../../../src/governance/contract.ts";
import { CapsFields } from "../../../components/access/caps/caps-fields.tsx";
import { useChange, useUndo } from "../../../components/access/use-change.ts";
import { CheckField } from "../../../components/inputs/choices/check-field.tsx";
import { TagsField } from "../../../components/inputs/choices/tags-field.tsx";
import { Form } from "../../../components/inputs/form.tsx";
import { TextField } from "../../../components/inputs/text-field.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { toast } from "../../../components/overlays/show-toast.ts";
import { Button } from "../../../components/parts/button.tsx";
import { useServices } from "../../../page/services.ts";
import { ExpiryField } from "./expiry-field.tsx";
import { draftOfKey, type KeyDraft, settingsFrom } from "./key-draft.ts";
import { MayField } from "./may-field.tsx";
import { ModelsField } from "./models-field.tsx";
import { OwnerField } from "./owner-field.tsx";

interface NewKeyDialogProps {
  organisation: string;
  first: KeyDraft;
  onMade: (key: CreatedKey) => void;
  onClose: () => void;
}

export function NewKeyDialog({ organisation, first, onMade, onClose }: NewKeyDialogProps) {
  const { api } = useServices();
  const change = useChange();
  const [draft, setDraft] = useState(first);
  const submit = () =>
    change(async () => {
      const parent = draft.parent.trim();
      const wish = { ...settingsFrom(draft, null), organisation, parent: parent === "" ? null : parent };
      onMade(await api.client.keys.create(wish));
    });
  return (
    <Dialog title="New key" onClose={onClose} size="medium">
      <Form submitLabel="Create the key" aside={<Button onClick={onClose}>Cancel</Button>} onSubmit={submit}>
        <KeyFields organisation={organisation} before={null} value={draft} onChange={setDraft} />
      </Form>
    </Dialog>
  );
}

interface ChangeKeyDialogProps {
  apiKey: Key;
  onClose: () => void;
}

export function ChangeKeyDialog({ apiKey: key, onClose }: ChangeKeyDialogProps) {
  const { api } = useServices();
  const change = useChange();
  const undo = useUndo();
  const [draft, setDraft] = useState(() => draftOfKey(key));
  const submit = async () => {
    const settings = settingsFrom(draft, key);
    const wasSo = Object.fromEntries(Object.keys(settings).map((field) => [field, key[field as keyof Key]]));
    const problem = await change(() => api.client.keys.update({ id: key.id, ...settings }));
    if (problem === null) {
      const back = undo(() => api.client.keys.update({ id: key.id, ...wasSo }));
      toast({ text: `The key ${settings.name} is changed.`, undo: back });
      onClose();
    }
    return problem;
  };
  return (
    <Dialog title={`Change the key ${key.name}`} onClose={onClose} size="medium">
      <Form submitLabel="Change the key" aside={<Button onClick={onClose}>Cancel</Button>} onSubmit={submit}>
        <KeyFields organisation={key.organisation} before={key} value={draft} onChange={setDraft} />
      </Form>
    </Dialog>
  );
}

interface KeyFieldsProps {
  organisation: string;
  before: Key | null;
  value: KeyDraft;
  onChange: (value: KeyDraft) => void;
}

function KeyFields({ organisation, before, value, onChange }: KeyFieldsProps) {
  const set = (change: Partial<KeyDraft>): void => onChange({ ...value, ...change });
  return (
    <>
      <TextField
        label="Name"
        name="name"
        value={value.name}
        onChange={(name) => set({ name })}
        hint="What the program is called that uses it."
        maxLength={100}
        required
      />
      <OwnerField organisation={organisation} value={value} onChange={set} />
      <MayField before={before} value={value.may} onChange={(may) => set({ may })} />
      <ModelsField value={value.models} onChange={(models) => set({ models })} />
      <CapsFields value={value.caps} onChange={(caps) => set({ caps })} />
      <div className="border-t border-line pt-3">
        <ExpiryField value={value.expiresAtMs} onChange={(expiresAtMs) => set({ expiresAtMs })} />
      </div>
      <details className="group border-t border-line pt-2" open={value.allowedIps.length > 0 || value.isService}>
        <summary className="min-h-6 text-soft">Addresses, service account{before === null && ", key above it"}</summary>
        <div className="grid gap-3 pt-2">
          <TagsField
            label="From these addresses alone"
            name="allowed_ips"
            required={false}
            value={value.allowedIps}
            onChange={(allowedIps) => set({ allowedIps })}
            placeholder="anywhere"
            hint="Such as 10.20.0.0/16 or 2001:db8::/48."
            max={200}
          />
          <CheckField
            label="A service account: of a program that nobody stands behind"
            value={value.isService}
            onChange={(isService) => set({ isService })}
          />
          {before === null && (
            <TextField
              label="Under the key"
              name="parent"
              required={false}
              isCode
              value={value.parent}
              onChange={(parent) => set({ parent })}
              hint="The id of a key that this one never may more than, and stops with."
            />
          )}
        </div>
      </details>
    </>
  );
}
