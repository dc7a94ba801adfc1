// What lies over the page, in the gallery.
import { type ReactNode, useState } from "react";
import type { Problem } from "../../api/explain-error.ts";
import { Form } from "../../components/inputs/form.tsx";
import { SelectField } from "../../components/inputs/select-field.tsx";
import { TextField } from "../../components/inputs/text-field.tsx";
import { ConfirmDialog } from "../../components/overlays/confirm-dialog.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { Menu } from "../../components/overlays/menu.tsx";
import { toast } from "../../components/overlays/show-toast.ts";
import { Tooltip } from "../../components/overlays/tooltip.tsx";
import { Button } from "../../components/parts/button.tsx";
import { SuggestedModel } from "./fields-gallery.tsx";
import { Specimen } from "./specimen.tsx";

const refusal: Problem = {
  kind: "refused",
  code: "x",
  message: "A key of this name exists.",
  fix: "Choose another name.",
  fields: { name: "There is a key build-bot already." },
};

export function DialogsGallery() {
  const [open, setOpen] = useState<string | null>(null);
  const close = (): void => setOpen(null);
  const dialogs: Record<string, ReactNode> = {
    form: <FormDialog onClose={close} />,
    confirm: (
      <ConfirmDialog
        title="Revoke the key build-bot"
        consequence="Calls with it are refused from now on. It made 1,204 calls in the last day. This cannot be taken back."
        confirmLabel="Revoke the key"
        tone="danger"
        typeToConfirm="build-bot"
        onConfirm={async () => null}
        onClose={close}
      />
    ),
    refused: (
      <ConfirmDialog
        title="Approve this call"
        consequence="It goes on at once."
        confirmLabel="Approve the call"
        tone="plain"
        onConfirm={async () => refusal}
        onClose={close}
      />
    ),
  };
  return (
    <Specimen name="Over the page">
      <div className="flex flex-wrap items-center gap-3 p-3">
        <Button onClick={() => setOpen("form")}>Dialog with a form</Button>
        <Button onClick={() => setOpen("confirm")}>Confirm by typing</Button>
        <Button onClick={() => setOpen("refused")}>Confirm, refused</Button>
        <Button onClick={() => toast({ text: "The budget is 25 USD a day now.", undo: async () => {} })}>Toast</Button>
        <Button onClick={() => toast({ text: "The vendor refused: quota exceeded.", tone: "fail" })}>
          Toast of failure
        </Button>
        <Menu
          label="More"
          items={[
            { label: "Export", onSelect: () => {} },
            { label: "Not yet", disabled: true, onSelect: () => {} },
          ]}
        >
          More
        </Menu>
        <Tooltip text="The share of calls answered within their bound, over the last 28 days.">SLO</Tooltip>
        <Tooltip text="Asks the server for all of it again.">
          <Button>Refresh</Button>
        </Tooltip>
      </div>
      {open !== null && dialogs[open]}
    </Specimen>
  );
}

function FormDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<"member" | "admin">("member");
  return (
    <Dialog title="Create a key" onClose={onClose} size="medium">
      <Form
        submitLabel="Create the key"
        aside={<Button onClick={onClose}>Cancel</Button>}
        onSubmit={async () => (name === "build-bot" ? refusal : null)}
      >
        <TextField label="Name" name="name" value={name} onChange={setName} hint="build-bot is taken." required />
        <SelectField
          label="Role"
          value={role}
          onChange={setRole}
          options={[
            { value: "member", label: "Member" },
            { value: "admin", label: "Administrator" },
          ]}
        />
        <SuggestedModel />
      </Form>
    </Dialog>
  );
}
