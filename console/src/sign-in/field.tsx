// One field with its label above it.
import type { ComponentProps } from "react";

export function Field({ label, id, className = "", ...rest }: ComponentProps<"input"> & { label: string; id: string }) {
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      <input
        id={id}
        name={id}
        required
        spellCheck={false}
        className={`min-h-10 w-full rounded-md border border-control bg-sheet px-3 text-read placeholder:text-soft ${className}`}
        {...rest}
      />
    </div>
  );
}

/** What a form says in one of its fields. */
export function valueIn(form: HTMLFormElement, name: string): string {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement ? field.value : "";
}
