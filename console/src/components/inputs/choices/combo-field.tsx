// A line of text with suggestions that are asked for while one types: models, people, routes. Anything may be typed; what is
// suggested is help, not a fence.
import { lazy, Suspense } from "react";
import { boxLook, fieldAttributes, FieldFrame, useField } from "../field-frame.tsx";
import type { ComboFieldProps } from "./combo-faces.ts";

const Suggestions = lazy(() => import("./suggestions.tsx").then((module) => ({ default: module.Suggestions })));

export type { Suggestion } from "./combo-faces.ts";

/** Until the suggestions are there, one reads what the field holds. */
export function ComboField(props: ComboFieldProps) {
  const field = useField(props);
  const waiting = <input {...fieldAttributes(props, field)} value={props.value} readOnly className={boxLook} />;
  return (
    <FieldFrame faces={props} field={field}>
      <Suspense fallback={waiting}>
        <Suggestions faces={props} field={field} />
      </Suspense>
    </FieldFrame>
  );
}
