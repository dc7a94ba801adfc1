// Fields for figures: what is typed stays as it was typed, and the page gets the figure that it means.
import { useState } from "react";
import { formatCount } from "../../../format/figures.ts";
import { boxLook, fieldAttributes, type FieldFaces, FieldFrame, useField } from "../field-frame.tsx";
import { formatTypedDuration, formatTypedUsd, parseDuration, parseNumber, parseUsd } from "./parse-figures.ts";

type FigureFaces = FieldFaces & {
  /** Null for an empty field. */
  value: number | null;
  onChange: (value: number | null) => void;
  min?: number | undefined;
  max?: number | undefined;
  placeholder?: string;
};

interface Kind {
  parse(text: string): number | null | undefined;
  format(value: number): string;
  /** What to write instead of what cannot be read. */
  example: string;
  before?: string | undefined;
  after?: string | undefined;
}

/** `unit` stands inside the field. `isWhole`: no fractions. */
export function NumberField({ unit, isWhole = false, ...faces }: FigureFaces & { unit?: string; isWhole?: boolean }) {
  const parse = (text: string): number | null | undefined => {
    const value = parseNumber(text);
    return isWhole && typeof value === "number" && !Number.isInteger(value) ? undefined : value;
  };
  const example = isWhole ? "Write a whole number, such as 12." : "Write a number, such as 12.5.";
  return <FigureField faces={faces} kind={{ parse, format: String, example, after: unit }} />;
}

/** Dollars on the page, micro-dollars in `value`. */
export function MoneyField(faces: FigureFaces) {
  return <FigureField faces={faces} kind={money} />;
}

/** Written like `15 min`; milliseconds in `value`. */
export function DurationField(faces: FigureFaces) {
  return <FigureField faces={faces} kind={duration} />;
}

const money: Kind = {
  parse: parseUsd,
  format: formatTypedUsd,
  example: "Write dollars, such as 25 or 0.50; six places at most.",
  before: "$",
  after: "USD",
};

const duration: Kind = {
  parse: parseDuration,
  format: formatTypedDuration,
  example: "Write a number and its unit: 30 s, 15 min, 2 h, 7 d.",
};

function FigureField({ faces, kind }: { faces: FigureFaces; kind: Kind }) {
  const { value, onChange } = faces;
  const [typed, setTyped] = useState(() => (value === null ? "" : kind.format(value)));
  // The page may set another value: then that is shown. What is being typed means the same figure and stays.
  const parsed = kind.parse(typed);
  const text = parsed !== undefined && parsed !== value ? (value === null ? "" : kind.format(value)) : typed;
  const problem = parsed === undefined ? kind.example : describeBounds(parsed, faces, kind);
  const field = useField({ ...faces, error: problem ?? faces.error });
  return (
    <FieldFrame faces={faces} field={field}>
      <div className="relative">
        {kind.before !== undefined && (
          <span aria-hidden="true" className="absolute inset-y-0 left-2.5 flex items-center text-soft">
            {kind.before}
          </span>
        )}
        <input
          {...fieldAttributes(faces, field)}
          inputMode={kind === duration ? "text" : "decimal"}
          autoComplete="off"
          placeholder={faces.placeholder}
          value={text}
          onChange={(event) => {
            setTyped(event.target.value);
            const next = kind.parse(event.target.value);
            if (next !== undefined && next !== value) onChange(next);
          }}
          ref={(box) => box?.setCustomValidity(problem ?? "")}
          className={`${boxLook} ${kind.before === undefined ? "" : "pl-6"} ${kind.after === undefined ? "" : "pr-12"}`}
        />
        {kind.after !== undefined && (
          <span aria-hidden="true" className="absolute inset-y-0 right-2.5 flex items-center text-fine text-soft">
            {kind.after}
          </span>
        )}
      </div>
    </FieldFrame>
  );
}

function describeBounds(value: number | null, { min, max }: FigureFaces, kind: Kind): string | null {
  if (value === null) return null;
  const say = (bound: number): string =>
    kind === money || kind === duration ? kind.format(bound) : formatCount(bound);
  if (min !== undefined && value < min) return `At least ${say(min)}.`;
  if (max !== undefined && value > max) return `At most ${say(max)}.`;
  return null;
}
