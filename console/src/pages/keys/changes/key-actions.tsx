// What can be done with a key, in its row and in its drawer. Who may only look is offered nothing.
import type { CreatedKey, Key } from "../../../../../src/governance/contract.ts";
import type { Problem } from "../../../api/explain-error.ts";
import { stateOfKey } from "../../../components/access/keys/say-key.ts";
import { useChange, useUndo } from "../../../components/access/use-change.ts";
import { spendDays, useSpend } from "../../../components/access/use-spend.ts";
import { ConfirmDialog } from "../../../components/overlays/confirm-dialog.tsx";
import { Menu, type MenuItem } from "../../../components/overlays/menu.tsx";
import { toast } from "../../../components/overlays/show-toast.ts";
import { formatCount } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { ChangeKeyDialog } from "./key-dialog.tsx";
import { RotateDialog } from "./rotate-dialog.tsx";

type Asked = "change" | "rotate" | "revoke" | "disable";

export interface KeyChanges {
  /** Draws the dialog that is open; to stand once on the page. */
  key: Key;
  asked: Asked;
}

interface KeyMenuProps {
  apiKey: Key;
  onAsk: (changes: KeyChanges) => void;
}

export function KeyMenu({ apiKey: key, onAsk }: KeyMenuProps) {
  const disable = useDisable();
  const ask = (asked: Asked) => () => onAsk({ key, asked });
  if (stateOfKey(key, Date.now()) === "revoked") return null;
  const enable = async (): Promise<void> => {
    const problem = await disable(key, false);
    if (problem !== null) toast({ text: `${problem.message} ${problem.fix}`, tone: "fail" });
  };
  const items: MenuItem[] = [
    { label: "Change", onSelect: ask("change") },
    { label: "Rotate", onSelect: ask("rotate") },
    key.disabled
      ? { label: "Enable", onSelect: () => void enable() }
      : { label: "Disable for a while", onSelect: ask("disable") },
    { label: "Revoke", tone: "danger", isApart: true, onSelect: ask("revoke") },
  ];
  return <Menu label={`Actions for the key ${key.name}`} items={items} />;
}

interface KeyDialogsProps {
  open: KeyChanges;
  organisation: string;
  onMade: (key: CreatedKey) => void;
  onClose: () => void;
}

export function KeyDialogs({ open: { key, asked }, organisation, onMade, onClose }: KeyDialogsProps) {
  const disable = useDisable();
  if (asked === "change") return <ChangeKeyDialog apiKey={key} onClose={onClose} />;
  if (asked === "rotate") return <RotateDialog apiKey={key} onMade={onMade} onClose={onClose} />;
  if (asked === "revoke") return <RevokeDialog apiKey={key} organisation={organisation} onClose={onClose} />;
  return (
    <ConfirmDialog
      title={`Disable the key ${key.name}`}
      consequence="Its calls are refused with 403, on every process within a second. Calls under way end as they are. It can be enabled again."
      confirmLabel="Disable the key"
      tone="danger"
      onConfirm={() => disable(key, true)}
      onClose={onClose}
    />
  );
}

function RevokeDialog({
  apiKey: key,
  organisation,
  onClose,
}: Omit<KeyDialogsProps, "open" | "onMade"> & { apiKey: Key }) {
  const { api, session } = useServices();
  const change = useChange();
  const calls = useSpend("key", organisation).data?.get(key.id)?.records ?? 0;
  const isOwn = session.key_id === key.id;
  return (
    <ConfirmDialog
      title={`Revoke the key ${key.name}`}
      consequence={
        <>
          {isOwn && <strong>This is the key that you are signed in with: you are signed out at once. </strong>}
          Calls with it are refused from now on, on every process within a second, and so are keys made under it.{" "}
          {calls === 0
            ? `It made no call in the last ${spendDays} days.`
            : `It made ${formatCount(calls)} ${calls === 1 ? "call" : "calls"} in the last ${spendDays} days.`}{" "}
          This cannot be taken back; to stop it for a while, disable it.
        </>
      }
      confirmLabel="Revoke the key"
      tone="danger"
      typeToConfirm={key.name}
      onConfirm={async () => {
        const problem = await change(() => api.client.keys.revoke({ id: key.id }));
        if (problem === null) toast({ text: `The key ${key.name} is revoked.` });
        return problem;
      }}
      onClose={onClose}
    />
  );
}

function useDisable(): (key: Key, disabled: boolean) => Promise<Problem | null> {
  const { api } = useServices();
  const change = useChange();
  const undo = useUndo();
  return async ({ id, name, disabled: wasSo }, disabled) => {
    const problem = await change(() => api.client.keys.update({ id, disabled }));
    const text = disabled ? `Calls with the key ${name} are refused.` : `Calls with the key ${name} are let in again.`;
    if (problem === null) toast({ text, undo: undo(() => api.client.keys.update({ id, disabled: wasSo })) });
    return problem;
  };
}
