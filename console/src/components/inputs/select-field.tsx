// A choice of one out of several, in the browser's own list: it works by keyboard, on phones, and for screen readers as it is.
import { boxLook, fieldAttributes, type FieldFaces, FieldFrame, useField } from "./field-frame.tsx";

export interface Choice<T extends string> {
  value: T;
  label: string;
  disabled?: boolean;
  /** Choices of the same group stand under its name. */
  group?: string;
}

type SelectFieldProps<T extends string> = FieldFaces & {
  value: T;
  onChange: (value: T) => void;
  options: readonly Choice<T>[];
  className?: string;
};

export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const { value, onChange, options, className = "" } = props;
  const field = useField(props);
  const groups = Object.entries(Object.groupBy(options, ({ group }) => group ?? ""));
  return (
    <FieldFrame faces={props} field={field}>
      <select
        {...fieldAttributes(props, field)}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
        className={`${boxLook} ${className}`}
      >
        {groups.map(([group, choices]) =>
          group === "" ? (
            <Options key={group} choices={choices ?? []} />
          ) : (
            <optgroup key={group} label={group}>
              <Options choices={choices ?? []} />
            </optgroup>
          ),
        )}
      </select>
    </FieldFrame>
  );
}

function Options<T extends string>({ choices }: { choices: readonly Choice<T>[] }) {
  return choices.map(({ value, label, disabled }) => (
    <option key={value} value={value} disabled={disabled}>
      {label}
    </option>
  ));
}
