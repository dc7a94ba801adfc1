// By what costs are split: one dimension, and a second where it is wanted.
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { type Dimension, dimensionNames, dimensions, readBy } from "../dimensions.ts";

const here = getRouteApi("/cost");

export function ByChoice() {
  const [first = "model", second] = readBy(here.useSearch().by);
  const navigate = useNavigate({ from: "/cost" });
  const choose = (by: readonly (Dimension | undefined)[]): void =>
    void navigate({ search: (before) => ({ ...before, by: by.filter((each) => each !== undefined).join(",") }) });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="flex items-center gap-1.5">
        <span aria-hidden="true" className="text-soft">
          By
        </span>
        <Choice label="By" value={first} left={second} onChange={(next) => choose([next ?? "model", second])} />
      </span>
      <span className="flex items-center gap-1.5">
        <span aria-hidden="true" className="text-soft">
          and
        </span>
        <Choice label="And by" value={second} left={first} mayBeNone onChange={(next) => choose([first, next])} />
      </span>
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: Dimension | undefined;
  /** What the other one is set to. */
  left: Dimension | undefined;
  mayBeNone?: boolean;
  onChange: (value: Dimension | undefined) => void;
}

function Choice({ label, value, left, mayBeNone = false, onChange }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChange(dimensions.find((each) => each === event.target.value))}
      className="min-h-7 rounded-md border border-control bg-sheet px-1.5"
    >
      {mayBeNone && <option value="">nothing else</option>}
      {dimensions
        .filter((each) => each !== left)
        .map((each) => (
          <option key={each} value={each}>
            {dimensionNames[each]}
          </option>
        ))}
    </select>
  );
}
