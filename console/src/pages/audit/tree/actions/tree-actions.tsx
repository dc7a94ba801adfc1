// What can be done about the tree and the people in it, for those who may. None of it can be taken back.
import { useState } from "react";
import { Menu, type MenuItem } from "../../../../components/overlays/menu.tsx";
import { useServices } from "../../../../page/services.ts";
import { EraseDialog } from "./erase-dialog.tsx";
import { NewOriginDialog } from "./new-origin-dialog.tsx";
import { RotateKeyDialog } from "./rotate-key-dialog.tsx";

const actions = [
  { what: "rotate", operation: "audit.rotateKey", label: "Sign with a new key" },
  { what: "origin", operation: "audit.newOrigin", label: "Begin a new tree" },
  { what: "erase", operation: "audit.erase", label: "Erase a person" },
] as const;
type Action = (typeof actions)[number]["what"];

export function TreeActions() {
  const { session } = useServices();
  const [open, setOpen] = useState<Action | null>(null);
  const allowed = actions.filter(({ operation }) => session.operations.includes(operation));
  if (allowed.length === 0) return <span className="text-fine text-soft">to read and to verify</span>;
  const items: MenuItem[] = allowed.map(({ what, label }) => ({
    label,
    onSelect: () => setOpen(what),
    ...(what !== "rotate" && { tone: "danger" as const }),
  }));
  const close = (): void => setOpen(null);
  return (
    <>
      <Menu label="What can be done about the tree" items={items}>
        Change
      </Menu>
      {open === "rotate" && <RotateKeyDialog onClose={close} />}
      {open === "origin" && <NewOriginDialog onClose={close} />}
      {open === "erase" && <EraseDialog onClose={close} />}
    </>
  );
}
