// Yes or no. A box is part of a form and is sent with it; a switch takes effect at once.
import { type FieldFaces, fieldAttributes, FieldNotes, useField } from "../field-frame.tsx";

type CheckFaces = FieldFaces & { value: boolean; onChange: (value: boolean) => void };

export function CheckField(props: CheckFaces) {
  return <Box faces={props} look="mt-0.5 size-4 shrink-0" />;
}

export function SwitchField(props: CheckFaces) {
  return (
    <Box
      faces={props}
      isSwitch
      look="relative h-5 w-9 shrink-0 appearance-none rounded-full border border-control bg-sheet transition-colors before:absolute before:top-0.5 before:left-0.5 before:size-3.5 before:rounded-full before:bg-control before:transition-transform checked:border-pen checked:bg-pen checked:before:translate-x-4 checked:before:bg-on-pen disabled:opacity-55 forced-colors:appearance-auto"
    />
  );
}

function Box({ faces, look, isSwitch = false }: { faces: CheckFaces; look: string; isSwitch?: boolean }) {
  const field = useField(faces);
  return (
    <div className="grid min-w-0 gap-0.5">
      <label htmlFor={field.id} className="inline-flex min-h-6 w-fit items-start gap-2 py-0.5">
        <input
          {...fieldAttributes(faces, field)}
          type="checkbox"
          role={isSwitch ? "switch" : undefined}
          checked={faces.value}
          onChange={(event) => faces.onChange(event.target.checked)}
          className={look}
        />
        <span>{faces.label}</span>
      </label>
      <FieldNotes faces={faces} field={field} />
    </div>
  );
}
