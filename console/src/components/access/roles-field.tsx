// Roles to choose from, each with what it may. Only an owner makes owners.
import type { RoleName } from "../../../../src/governance/contract.ts";
import { useServices } from "../../page/services.ts";

const roles: [RoleName, string][] = [
  ["owner", "everything; alone makes owners and organisations"],
  ["admin", "keys, users, teams, projects, and all else but that"],
  ["operator", "see how it does, without texts; change routes, alerts"],
  ["developer", "call; read what is on record in its project"],
  ["reviewer", "approve, and read what is on record"],
  ["auditor", "read everything and export it, change nothing"],
  ["member", "call; read its own calls"],
  ["child", "the chat; read its own calls"],
];

interface RolesFieldProps {
  legend: string;
  value: readonly RoleName[];
  onChange: (value: RoleName[]) => void;
  hint?: string;
}

export function RolesField({ legend, value, onChange, hint }: RolesFieldProps) {
  const { session } = useServices();
  const isOwner = session.roles.includes("owner");
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 font-semibold">{legend}</legend>
      {roles.map(([role, what]) => (
        <label key={role} className="flex min-h-6 items-baseline gap-2">
          <input
            type="checkbox"
            className="relative top-0.5 size-4 shrink-0"
            disabled={role === "owner" && !isOwner}
            checked={value.includes(role)}
            onChange={({ target }) =>
              onChange(
                roles.map(([each]) => each).filter((each) => (each === role ? target.checked : value.includes(each))),
              )
            }
          />
          <span className="w-20 shrink-0">{role}</span>
          <span className="text-fine text-soft">{what}</span>
        </label>
      ))}
      {hint !== undefined && <p className="text-fine text-soft">{hint}</p>}
    </fieldset>
  );
}
