// Gives what the page is set to a name, for oneself or for everybody in the organisation.
import { useState } from "react";
import type { View } from "../../../../src/views/contract.ts";
import type { Problem } from "../../api/explain-error.ts";
import { tryChange } from "../../api/try-change.ts";
import { useServices } from "../../page/services.ts";
import { CheckField } from "../inputs/choices/check-field.tsx";
import { Form } from "../inputs/form.tsx";
import { TextField } from "../inputs/text-field.tsx";
import { Dialog } from "../overlays/dialog.tsx";
import { toast } from "../overlays/show-toast.ts";
import { describeSearch } from "./describe-search.ts";

interface SaveViewProps {
  page: string;
  search: string;
  own: readonly View[];
  onSaved: () => Promise<void>;
  onClose: () => void;
}

export function SaveView({ page, search, own, onSaved, onClose }: SaveViewProps) {
  const { api } = useServices();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const isTaken = own.some((view) => view.name === name.trim());
  const save = (): Promise<Problem | null> =>
    tryChange(async () => {
      await api.client.views.put({ page, name: name.trim(), search, shared });
      await onSaved();
      onClose();
      toast({ text: `Saved the view ${name.trim()}.` });
    });
  return (
    <Dialog title="Save this view" onClose={onClose}>
      <Form onSubmit={save} submitLabel={isTaken ? "Replace" : "Save"} disabled={name.trim() === ""}>
        <TextField
          label="Name"
          name="name"
          required
          maxLength={100}
          value={name}
          onChange={setName}
          hint={isTaken ? "You have a view of this name: it is replaced." : "What it shows, in a few words."}
        />
        <CheckField label="Everybody in the organisation sees it" value={shared} onChange={setShared} />
        <p className="foreign font-mono text-fine text-soft">{describeSearch(search)}</p>
      </Form>
    </Dialog>
  );
}
