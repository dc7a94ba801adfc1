// One field of the toolbar: taken on Enter, on leaving it, or when a suggestion is chosen; a word half typed asks for nothing.
import { type Ref, useEffect, useId, useState } from "react";

export interface Suggestion {
  value: string;
  /** What it is called, where the value is an id. */
  name?: string | null;
}

interface FilterFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  suggestions: readonly Suggestion[];
  ref?: Ref<HTMLInputElement>;
}

export function FilterField({ label, value, onChange, suggestions, ref }: FilterFieldProps) {
  const list = useId();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const take = (text: string): void => {
    if (text.trim() !== value) onChange(text.trim());
  };
  return (
    <span className="min-w-0">
      <input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={label}
        value={typed}
        list={list}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => {
          setTyped(target.value);
          if (target.value === "" || suggestions.some((one) => one.value === target.value)) take(target.value);
        }}
        onBlur={() => take(typed)}
        onKeyDown={(event) => {
          if (event.key === "Enter") take(typed);
          if (event.key !== "Escape") return;
          // A browser would empty the field.
          event.preventDefault();
          event.currentTarget.blur();
        }}
        className={`min-h-7 w-full min-w-0 rounded-md border bg-sheet px-2 placeholder:text-soft ${value === "" ? "border-control" : "border-pen"}`}
      />
      <datalist id={list}>
        {suggestions.map((one) => (
          <option key={one.value} value={one.value} label={one.name ?? one.value} />
        ))}
      </datalist>
    </span>
  );
}
