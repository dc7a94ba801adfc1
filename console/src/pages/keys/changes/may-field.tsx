// What a key may do: one role, or scopes as keys had them before there were roles.
import type { Key } from "../../../../../src/governance/contract.ts";
import { rightsOf } from "../../../components/access/keys/say-key.ts";
import { SelectField } from "../../../components/inputs/select-field.tsx";
import { useServices } from "../../../page/services.ts";
import { mayOf } from "./key-draft.ts";

const choices = [
  { value: "role:member", label: "member: call models, read its own calls", group: "Roles" },
  { value: "role:developer", label: "developer: call, and read its project with texts", group: "Roles" },
  { value: "role:child", label: "child: call models, read its own calls", group: "Roles" },
  { value: "role:operator", label: "operator: see how it does; change routes and alerts", group: "Roles" },
  { value: "role:reviewer", label: "reviewer: approve, and read what is on record", group: "Roles" },
  { value: "role:auditor", label: "auditor: read everything, change nothing", group: "Roles" },
  { value: "role:admin", label: "admin: keys, users, teams, projects, all but owners", group: "Roles" },
  { value: "role:owner", label: "owner: everything", group: "Roles" },
  { value: "scope:call", label: "call: models alone", group: "Scopes" },
  { value: "scope:read", label: "read: the record, metrics, the console", group: "Scopes" },
  { value: "scope:call,scope:read", label: "call and read", group: "Scopes" },
  { value: "scope:scim", label: "scim: provision people", group: "Scopes" },
  { value: "scope:admin", label: "admin: everything", group: "Scopes" },
];
const ownersAlone: readonly string[] = ["role:owner", "scope:admin"];

interface MayFieldProps {
  value: string;
  onChange: (value: string) => void;
  /** The key that is changed: what it may now can be chosen, whatever it is. */
  before: Key | null;
}

export function MayField({ value, onChange, before }: MayFieldProps) {
  const { session } = useServices();
  const isOwner = session.roles.includes("owner");
  const now = before === null ? null : { value: mayOf(before), label: `as it is: ${rightsOf(before)}`, group: "Now" };
  const isKnown = now === null || choices.some((choice) => choice.value === now.value);
  const options = choices.map((choice) => ({ ...choice, disabled: !isOwner && ownersAlone.includes(choice.value) }));
  return (
    <SelectField
      label="May"
      name="roles"
      value={value}
      onChange={onChange}
      options={isKnown || now === null ? options : [now, ...options]}
    />
  );
}
