// What can be done with the one that is open. Who may only look is offered nothing.
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Entry } from "../../../../../src/governance/contract.ts";
import { ConfirmDialog } from "../../../components/overlays/confirm-dialog.tsx";
import { Menu, type MenuItem } from "../../../components/overlays/menu.tsx";
import { toast } from "../../../components/overlays/show-toast.ts";
import { Button } from "../../../components/parts/button.tsx";
import { useMay } from "../../../page/services.ts";
import type { DirectoryNode } from "../tree/build-tree.ts";
import { EntryDialog } from "./entry-dialog.tsx";
import { type EntryKind, useEntryChanges } from "./use-entry-changes.ts";

interface EntryActionsProps {
  node: DirectoryNode;
  organisation: string;
  onGone: () => void;
}

export function EntryActions({ node, organisation, onGone }: EntryActionsProps) {
  const mayDirectory = useMay("change_directory");
  const mayOrganisations = useMay("manage_organisations");
  const { kind, entry } = node;
  if (entry === undefined || kind === "key" || kind === "people") return null;
  if (kind === "organisation" ? !mayOrganisations : !mayDirectory) return null;
  return <Actions kind={kind} entry={entry} node={node} organisation={organisation} onGone={onGone} />;
}

type ActionsProps = EntryActionsProps & { kind: EntryKind; entry: Entry };

function Actions({ kind, entry, node, organisation, onGone }: ActionsProps) {
  const changes = useEntryChanges(kind, organisation);
  const mayKeys = useMay("change_keys");
  const navigate = useNavigate();
  const [open, setOpen] = useState<"edit" | "delete" | "disable" | null>(null);
  const close = (): void => setOpen(null);
  const enable = async (): Promise<void> => {
    const problem = await changes.update(
      entry,
      { disabled: false },
      `Calls of the ${kind} ${entry.name} are let in again.`,
    );
    if (problem !== null) toast({ text: `${problem.message} ${problem.fix}`, tone: "fail" });
  };
  const items: MenuItem[] = [
    ...(mayKeys && kind !== "organisation"
      ? [
          {
            label: "New key for it",
            onSelect: () => void navigate({ to: "/keys", search: { new: `${kind}:${entry.name}`, organisation } }),
          },
        ]
      : []),
    entry.disabled
      ? { label: "Enable", onSelect: () => void enable() }
      : { label: "Disable", onSelect: () => setOpen("disable") },
    { label: `Delete the ${kind}`, tone: "danger", isApart: true, onSelect: () => setOpen("delete") },
  ];
  return (
    <>
      <Button onClick={() => setOpen("edit")}>Change</Button>
      <Menu label={`More for ${entry.name}`} items={items} />
      {open === "edit" && (
        <EntryDialog kind={kind} organisation={organisation} entry={entry} onDone={close} onClose={close} />
      )}
      {open === "disable" && (
        <ConfirmDialog
          title={`Disable the ${kind} ${entry.name}`}
          consequence={`Its calls are refused with 403, on every process within a second${kind === "user" ? ", and they are signed out" : ""}. Calls under way end as they are. It can be enabled again.`}
          confirmLabel={`Disable the ${kind}`}
          tone="danger"
          onConfirm={() => changes.update(entry, { disabled: true }, `Calls of the ${kind} ${entry.name} are refused.`)}
          onClose={close}
        />
      )}
      {open === "delete" && (
        <ConfirmDialog
          title={`Delete the ${kind} ${entry.name}`}
          consequence={consequenceOf(kind, node)}
          confirmLabel={`Delete the ${kind}`}
          tone="danger"
          {...(kind === "user" && { typeToConfirm: entry.name })}
          onConfirm={() => changes.remove(entry, onGone)}
          onClose={close}
        />
      )}
    </>
  );
}

function consequenceOf(kind: EntryKind, node: DirectoryNode): string {
  const below = node.children.flatMap((child) => (child.kind === "people" ? child.children : [child]));
  const counts = [countOf(below, "project"), countOf(below, "user"), countOf(below, "key")].filter(
    (count) => count !== null,
  );
  if (counts.length > 0)
    return `It goes only once nothing names it any more, and ${counts.join(", ")} still do. Let them name another first; or disable it instead, which refuses its calls at once.`;
  if (kind === "user")
    return "They are out at once, and their password, passkeys and links to providers are gone for good. Their calls stay on record.";
  return `Its ${node.caps.length === 0 ? "place in the directory is" : "budgets and limits are"} gone; what it spent stays on record.`;
}

const words = { project: ["project", "projects"], user: ["person", "people"], key: ["key", "keys"] } as const;

function countOf(nodes: readonly DirectoryNode[], kind: keyof typeof words): string | null {
  const count = nodes.filter((node) => node.kind === kind).length;
  return count === 0 ? null : `${count} ${words[kind][count === 1 ? 0 : 1]}`;
}
