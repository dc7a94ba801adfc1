// What every field has around it: its label, a hint, what is wrong with it; and the ids that tie these together.
import { createContext, type ReactNode, useContext, useId } from "react";

export interface FieldFaces {
  label: ReactNode;
  /** What belongs here, in a few words, below the field. */
  hint?: ReactNode;
  /** What is wrong with the value, and how to mend it. */
  error?: string | null | undefined;
  /** The name of the field in what the server is sent; where the server finds it wrong, its words come to stand here. */
  name?: string;
  required?: boolean;
  disabled?: boolean;
}

/** What the server found wrong, by the field's name. Given by `Form`. */
export const FieldErrors = createContext<Readonly<Record<string, string>>>({});

export interface FieldIds {
  id: string;
  describedBy: string | undefined;
  error: string | null;
}

export function useField({ hint, error, name }: FieldFaces): FieldIds {
  const id = useId();
  const errors = useContext(FieldErrors);
  const found = error ?? (name === undefined ? undefined : errors[name]) ?? null;
  const described = [found === null ? "" : `${id}-error`, hint === undefined ? "" : `${id}-hint`].filter(Boolean);
  return { id, describedBy: described.length === 0 ? undefined : described.join(" "), error: found };
}

/** The attributes that every kind of field takes. */
export function fieldAttributes(faces: FieldFaces, { id, describedBy, error }: FieldIds) {
  return {
    id,
    name: faces.name,
    required: faces.required,
    disabled: faces.disabled,
    "aria-describedby": describedBy,
    "aria-invalid": error === null ? undefined : true,
  } as const;
}

export const boxLook =
  "min-h-8 w-full min-w-0 rounded-md border border-control bg-sheet px-2.5 text-body placeholder:text-soft disabled:opacity-55 aria-invalid:border-fail aria-invalid:ring-1 aria-invalid:ring-fail";

export function FieldFrame({ faces, field, children }: { faces: FieldFaces; field: FieldIds; children: ReactNode }) {
  return (
    <div className="grid min-w-0 content-start gap-1">
      <label htmlFor={field.id} className="font-semibold">
        {faces.label}
        {faces.required === false && <span className="font-normal text-soft"> (optional)</span>}
      </label>
      {children}
      <FieldNotes faces={faces} field={field} />
    </div>
  );
}

export function FieldNotes({ faces, field }: { faces: FieldFaces; field: FieldIds }) {
  return (
    <>
      {field.error !== null && (
        <p id={`${field.id}-error`} className="text-fine font-semibold text-fail">
          {field.error}
        </p>
      )}
      {faces.hint !== undefined && (
        <p id={`${field.id}-hint`} className="text-fine text-soft">
          {faces.hint}
        </p>
      )}
    </>
  );
}
