// Narrows a list while one types; `/` goes there; Enter leaves, and Escape once it is empty.
import { useRef } from "react";
import { useShortcuts } from "../../page/shortcuts.ts";

interface FindFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

export function FindField({ label, value, onChange }: FindFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => field.current?.focus() });
  return (
    <input
      ref={field}
      type="search"
      aria-label={label}
      title="/"
      placeholder={`${label} …`}
      value={value}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        // From here on j and k move in what was found.
        if (event.key === "Enter") field.current?.blur();
        if (event.key !== "Escape") return;
        // It ends the typing, not what lies open beside the list.
        event.preventDefault();
        if (value === "") field.current?.blur();
        else onChange("");
      }}
      className="min-h-7 w-56 max-w-full rounded-md border border-control bg-sheet px-2.5 placeholder:text-soft"
    />
  );
}
