// One line of text, or several.
import type { ComponentProps } from "react";
import { boxLook, fieldAttributes, type FieldFaces, FieldFrame, useField } from "./field-frame.tsx";

type Own = FieldFaces & { value: string; onChange: (value: string) => void };
type Extra<Tag extends "input" | "textarea"> = Omit<ComponentProps<Tag>, keyof Own>;

/** `isCode` for what is typed exactly: ids, addresses, names of models. */
export function TextField({ isCode = false, ...props }: Own & Extra<"input"> & { isCode?: boolean }) {
  const { label: _label, hint: _hint, error: _error, value, onChange, className = "", ...rest } = props;
  const field = useField(props);
  return (
    <FieldFrame faces={props} field={field}>
      <input
        spellCheck={false}
        {...rest}
        {...fieldAttributes(props, field)}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`${boxLook} ${isCode ? "font-mono text-fine" : ""} ${className}`}
      />
    </FieldFrame>
  );
}

export function TextArea({ isCode = false, ...props }: Own & Extra<"textarea"> & { isCode?: boolean }) {
  const { label: _label, hint: _hint, error: _error, value, onChange, className = "", ...rest } = props;
  const field = useField(props);
  return (
    <FieldFrame faces={props} field={field}>
      <textarea
        rows={4}
        {...rest}
        {...fieldAttributes(props, field)}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`${boxLook} py-1.5 ${isCode ? "font-mono text-fine" : ""} ${className}`}
      />
    </FieldFrame>
  );
}
