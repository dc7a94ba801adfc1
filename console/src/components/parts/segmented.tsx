// A choice of one out of a few, all in view: radio buttons in a row.
import { type ReactNode, useId } from "react";

interface Option<T> {
  value: T;
  label: ReactNode;
}

interface SegmentedProps<T> {
  label: string;
  options: readonly Option<T>[];
  value: T;
  onChange: (value: T) => void;
}

export function Segmented<T extends string>({ label, options, value, onChange }: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset className="flex min-w-0 rounded-md bg-shoal">
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="relative inline-flex min-h-7 items-center gap-1.5 rounded-md px-2 hover:bg-tide has-checked:bg-sheet has-checked:font-semibold has-checked:ring-1 has-checked:ring-control has-focus-visible:z-2 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-pen"
        >
          <input
            type="radio"
            name={name}
            className="visually-hidden"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
