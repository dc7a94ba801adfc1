// Makes something new: what kind of it is asked first.
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Menu } from "../../../components/overlays/menu.tsx";
import { useMay, useServices } from "../../../page/services.ts";
import { useAddress } from "../address.ts";
import { EntryDialog } from "./entry-dialog.tsx";
import type { EntryKind } from "./use-entry-changes.ts";

export function NewMenu() {
  const { session } = useServices();
  const { organisation, open, goTo } = useAddress();
  const navigate = useNavigate();
  const mayDirectory = useMay("change_directory");
  const mayKeys = useMay("change_keys");
  const mayOrganisations = useMay("manage_organisations") && session.is_installation;
  const [kind, setKind] = useState<EntryKind | null>(null);
  if (!mayDirectory && !mayKeys)
    return <span className="text-fine text-soft">Your roles let you look at this, not change it.</span>;
  const kinds: EntryKind[] = [
    ...(mayDirectory ? (["team", "project", "user"] as const) : []),
    ...(mayOrganisations ? (["organisation"] as const) : []),
  ];
  const inTeam = open?.startsWith("team:") === true ? [open.slice("team:".length)] : [];
  return (
    <>
      <Menu
        label="New"
        items={[
          ...kinds.map((each) => ({ label: `New ${each}`, onSelect: () => setKind(each) })),
          ...(mayKeys
            ? [
                {
                  label: "New key",
                  onSelect: () => void navigate({ to: "/keys", search: { new: newFor(open), organisation } }),
                },
              ]
            : []),
        ]}
      >
        New
        <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
          <path d="m2 4 4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </Menu>
      {kind !== null && (
        <EntryDialog
          kind={kind}
          organisation={organisation}
          entry={null}
          teams={inTeam}
          onDone={(name) => {
            setKind(null);
            goTo(
              kind === "organisation"
                ? { organisation: name, open: undefined }
                : { open: `${kind}:${name}`, tab: undefined },
            );
          }}
          onClose={() => setKind(null)}
        />
      )}
    </>
  );
}

/** For whom a key is made that is asked for beside what is open. */
function newFor(open: string | null): string {
  return open !== null && /^(team|project|user):/.test(open) ? open : "key";
}
