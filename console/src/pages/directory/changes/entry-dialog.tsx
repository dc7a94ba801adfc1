// Makes a team, project, user or organisation, or changes one: what it belongs to, what it may spend.
import { useState } from "react";
import type { Entry, RoleName } from "../../../../../src/governance/contract.ts";
import { CapsFields } from "../../../components/access/caps/caps-fields.tsx";
import { capsFrom, type CapsDraft, draftOf, noCaps } from "../../../components/access/caps/draft.ts";
import { RolesField } from "../../../components/access/roles-field.tsx";
import { Form } from "../../../components/inputs/form.tsx";
import { TagsField } from "../../../components/inputs/choices/tags-field.tsx";
import { TextField } from "../../../components/inputs/text-field.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { type EntryKind, useEntryChanges } from "./use-entry-changes.ts";

interface EntryDialogProps {
  kind: EntryKind;
  organisation: string;
  /** Null for a new one. */
  entry: Entry | null;
  /** Teams that a new one is in at first. */
  teams?: readonly string[];
  onDone: (name: string) => void;
  onClose: () => void;
}

export function EntryDialog({ kind, organisation, entry, teams: firstTeams = [], onDone, onClose }: EntryDialogProps) {
  const changes = useEntryChanges(kind, organisation);
  const [name, setName] = useState(entry?.name ?? "");
  const [teams, setTeams] = useState<readonly string[]>(entry?.teams ?? firstTeams);
  const [roles, setRoles] = useState<RoleName[]>(entry?.roles ?? []);
  const [caps, setCaps] = useState<CapsDraft>(entry === null ? noCaps : draftOf(entry));
  const isInTeams = kind === "user" || kind === "project";
  const submit = async () => {
    const settings = { ...capsFrom(caps), ...(isInTeams && { teams: [...teams] }), ...(kind === "user" && { roles }) };
    const problem =
      entry === null ? await changes.create(name.trim(), settings) : await changes.update(entry, settings);
    if (problem === null) onDone(name.trim());
    return problem;
  };
  const verb = entry === null ? `Create the ${kind}` : `Change the ${kind}`;
  return (
    <Dialog title={entry === null ? `New ${kind}` : `Change ${entry.name}`} onClose={onClose} size="medium">
      <Form submitLabel={verb} aside={<Button onClick={onClose}>Cancel</Button>} onSubmit={submit}>
        {entry === null && (
          <TextField
            label="Name"
            name="name"
            value={name}
            onChange={setName}
            hint={
              kind === "organisation"
                ? "Small letters, digits and hyphens. It stays what it is."
                : kind === "user"
                  ? "As they sign in, such as ada or ada@example.com. It stays what it is."
                  : "It stays what it is."
            }
            maxLength={100}
            required
          />
        )}
        {isInTeams && (
          <TagsField
            label="Teams"
            name="teams"
            value={teams}
            onChange={setTeams}
            hint="Names of teams that there are. Keys that name no team count for the only one."
            required={false}
          />
        )}
        {kind === "user" && (
          <RolesField
            legend="Roles"
            value={roles}
            onChange={setRoles}
            hint="What they may do, beside the roles that they sign in with."
          />
        )}
        <CapsFields value={caps} onChange={setCaps} />
      </Form>
    </Dialog>
  );
}
