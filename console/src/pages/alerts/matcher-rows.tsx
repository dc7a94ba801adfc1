// Names with one or several values each: what alerts a silence is for, what calls a rule or an objective is of.
import { useId } from "react";
import { SelectField } from "../../components/inputs/select-field.tsx";
import { TagsField } from "../../components/inputs/choices/tags-field.tsx";
import { Button } from "../../components/parts/button.tsx";
import type { Matcher } from "./open/matching.ts";

interface MatcherRowsProps {
  legend: string;
  hint: string;
  names: readonly string[];
  rows: readonly Matcher[];
  onChange: (rows: readonly Matcher[]) => void;
}

const rowsMax = 10;

export function MatcherRows({ legend, hint, names, rows, onChange }: MatcherRowsProps) {
  const id = useId();
  const set = (index: number, row: Matcher): void => onChange(rows.map((each, at) => (at === index ? row : each)));
  const unused = names.find((name) => !rows.some((row) => row.name === name));
  return (
    <fieldset aria-describedby={id} className="grid min-w-0 gap-2">
      <legend className="mb-1 font-semibold">{legend}</legend>
      {rows.map((row, index) => (
        <div key={index} className="grid grid-cols-[8rem_minmax(0,1fr)_auto] items-end gap-2">
          <SelectField
            label={<span className="visually-hidden">Name {index + 1}</span>}
            value={row.name}
            onChange={(name) => set(index, { ...row, name })}
            options={names.map((name) => ({ value: name, label: name }))}
          />
          <TagsField
            label={<span className="visually-hidden">Values of {row.name}</span>}
            value={row.values}
            onChange={(values) => set(index, { ...row, values: [...values] })}
          />
          <Button
            aria-label={`Take ${row.name} out`}
            onClick={() => onChange(rows.filter((_, at) => at !== index))}
            className="min-h-8"
          >
            <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
              <path d="m2 2 8 8m0-8-8 8" stroke="currentColor" strokeWidth="1.5" />
            </svg>
          </Button>
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          disabled={rows.length >= rowsMax || unused === undefined}
          onClick={() => onChange([...rows, { name: unused ?? "", values: [] }])}
        >
          Add one
        </Button>
        <p id={id} className="text-fine text-soft">
          {hint}
        </p>
      </div>
    </fieldset>
  );
}
