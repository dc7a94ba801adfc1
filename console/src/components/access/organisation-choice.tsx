// Whose directory is looked at: one's own organisation, or, for those who run the installation, any. Not there where there is but one.
import { useServices } from "../../page/services.ts";
import { useEntries } from "./use-access.ts";

interface OrganisationChoiceProps {
  value: string;
  onChange: (organisation: string) => void;
}

export function OrganisationChoice({ value, onChange }: OrganisationChoiceProps) {
  const { session } = useServices();
  const others = useEntries("organisations", session.organisation, session.is_installation).data?.rows ?? [];
  const names = [...new Set([session.organisation, ...others.map(({ name }) => name), value])];
  if (names.length === 1) return null;
  return (
    <label className="inline-flex items-center gap-2 text-soft">
      Organisation
      <select
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-7 rounded-md border border-control bg-sheet px-2 text-ink"
      >
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}
