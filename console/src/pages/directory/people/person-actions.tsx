// What can be done with a person: invite, set roles, end their sessions.
import { useState } from "react";
import type { RoleName } from "../../../../../src/governance/contract.ts";
import { RolesField } from "../../../components/access/roles-field.tsx";
import { useChange, useUndo } from "../../../components/access/use-change.ts";
import { Age, Moment } from "../../../components/figures/moment.tsx";
import { Form } from "../../../components/inputs/form.tsx";
import { ConfirmDialog } from "../../../components/overlays/confirm-dialog.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { Menu } from "../../../components/overlays/menu.tsx";
import { toast } from "../../../components/overlays/show-toast.ts";
import { Button } from "../../../components/parts/button.tsx";
import { CodeBlock } from "../../../components/parts/code-block.tsx";
import { useServices } from "../../../page/services.ts";
import { type PersonRow, waysOf } from "./person-rows.ts";

export interface PersonChange {
  row: PersonRow;
  asked: "invite" | "roles" | "sign out";
}

interface PersonMenuProps {
  row: PersonRow;
  onAsk: (change: PersonChange) => void;
}

export function PersonMenu({ row, onAsk }: PersonMenuProps) {
  return (
    <Menu
      label={`Actions for ${row.name}`}
      items={[
        {
          label: waysOf(row.person) === "" ? "Invite" : "Invite anew",
          onSelect: () => onAsk({ row, asked: "invite" }),
        },
        { label: "Set roles", onSelect: () => onAsk({ row, asked: "roles" }) },
        {
          label: "Sign out everywhere",
          tone: "danger",
          isApart: true,
          disabled: row.person === undefined,
          onSelect: () => onAsk({ row, asked: "sign out" }),
        },
      ]}
    />
  );
}

export function PersonDialogs({ open: { row, asked }, onClose }: { open: PersonChange; onClose: () => void }) {
  if (asked === "invite") return <InviteDialog row={row} onClose={onClose} />;
  if (asked === "roles") return <RolesDialog row={row} onClose={onClose} />;
  return <SignOutDialog row={row} onClose={onClose} />;
}

interface PersonDialogProps {
  row: PersonRow;
  onClose: () => void;
}

function InviteDialog({ row: { name, person }, onClose }: PersonDialogProps) {
  const { api } = useServices();
  const change = useChange();
  const [roles, setRoles] = useState<RoleName[]>(person?.roles ?? []);
  const [invitation, setInvitation] = useState<{ url: string; expires_at_ms: number } | null>(null);
  const submit = () => change(async () => setInvitation(await api.client.people.invite({ user: name, roles })));
  if (invitation !== null)
    return (
      <Dialog
        title={`The invitation for ${name}`}
        onClose={onClose}
        size="medium"
        footer={
          <Button kind="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <div className="grid gap-3">
          <CodeBlock title="The link. Copy it now: it is shown this once." code={invitation.url} />
          <p className="text-read text-soft">
            Send it to them alone: whoever opens it becomes {name}. It is good once, until{" "}
            <Moment ms={invitation.expires_at_ms} /> (<Age ms={invitation.expires_at_ms} />
            ); they set a password there, or make a passkey.
          </p>
        </div>
      </Dialog>
    );
  const isAnew = person !== undefined && person.invited_until_ms !== null;
  return (
    <Dialog title={`Invite ${name}`} onClose={onClose} size="medium">
      <Form submitLabel="Make the link" aside={<Button onClick={onClose}>Cancel</Button>} onSubmit={submit}>
        <p className="text-read">
          You get a link to send to them, good once, for a week.{isAnew && " The link before becomes void."}
        </p>
        <RolesField
          legend="Roles that they sign in with"
          value={roles}
          onChange={setRoles}
          hint="Beside those that the directory gives them."
        />
      </Form>
    </Dialog>
  );
}

function RolesDialog({ row: { name, person, entry }, onClose }: PersonDialogProps) {
  const { api } = useServices();
  const change = useChange();
  const undo = useUndo();
  const before = person?.roles ?? [];
  const [roles, setRoles] = useState<RoleName[]>(before);
  const set = (next: RoleName[]) => api.client.people.update({ user: name, roles: next });
  const submit = async () => {
    const problem = await change(() => set(roles));
    if (problem === null) {
      toast({ text: `${name} has other roles, and is signed out.`, undo: undo(() => set(before)) });
      onClose();
    }
    return problem;
  };
  return (
    <Dialog title={`Roles of ${name}`} onClose={onClose} size="medium">
      <Form submitLabel="Set the roles" aside={<Button onClick={onClose}>Cancel</Button>} onSubmit={submit}>
        <RolesField
          legend="Roles that they sign in with"
          value={roles}
          onChange={setRoles}
          hint={
            entry.roles.length === 0
              ? "Their open sessions end, so that none outlives the rights that it began with."
              : `The directory gives them ${entry.roles.join(", ")} besides: that is changed in the tree. Their open sessions end.`
          }
        />
      </Form>
    </Dialog>
  );
}

function SignOutDialog({ row: { name }, onClose }: PersonDialogProps) {
  const { api } = useServices();
  const change = useChange();
  return (
    <ConfirmDialog
      title={`Sign ${name} out everywhere`}
      consequence="All of their sessions end, on every process within a second. They can sign in again as before: to keep them out, disable the user."
      confirmLabel="Sign them out"
      tone="danger"
      onConfirm={() =>
        change(async () => {
          const { ended } = await api.client.people.signOut({ user: name });
          toast({ text: `${ended} ${ended === 1 ? "session" : "sessions"} of ${name} ended.` });
        })
      }
      onClose={onClose}
    />
  );
}
