// When a key ends: never, after a while from now, or at the end of a day that is said.
import { useState } from "react";
import { SelectField } from "../../../components/inputs/select-field.tsx";
import { TextField } from "../../../components/inputs/text-field.tsx";

const dayMs = 86_400_000;
const spans = [7, 30, 90, 365];

interface ExpiryFieldProps {
  value: number | null;
  onChange: (value: number | null) => void;
}

export function ExpiryField({ value, onChange }: ExpiryFieldProps) {
  const [choice, setChoice] = useState(value === null ? "never" : "date");
  const choose = (next: string): void => {
    setChoice(next);
    if (next === "never") onChange(null);
    else if (next === "date") onChange(value ?? Date.now() + 90 * dayMs);
    else onChange(Date.now() + Number(next) * dayMs);
  };
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label="Expires"
        value={choice}
        onChange={choose}
        options={[
          { value: "never", label: "never" },
          ...spans.map((days) => ({ value: String(days), label: days === 365 ? "in a year" : `in ${days} days` })),
          { value: "date", label: "on a day" },
        ]}
      />
      {choice === "date" && (
        <TextField
          type="date"
          label="Until the end of (UTC)"
          name="expires_at_ms"
          value={value === null ? "" : new Date(value).toISOString().slice(0, 10)}
          onChange={(text) => {
            const ms = Date.parse(`${text}T23:59:59.999Z`);
            if (!Number.isNaN(ms)) onChange(ms);
          }}
          required
        />
      )}
    </div>
  );
}
