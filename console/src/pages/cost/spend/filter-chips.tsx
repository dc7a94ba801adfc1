// What costs are narrowed to: one chip each, taken away by a press.
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { dimensionNames } from "../dimensions.ts";
import { narrowedTo } from "../question.ts";
import { useNames } from "./use-names.ts";

const here = getRouteApi("/cost");

export function FilterChips() {
  const narrowed = narrowedTo(here.useSearch());
  const navigate = useNavigate({ from: "/cost" });
  const nameOf = useNames();
  if (narrowed.length === 0) return null;
  return (
    <ul aria-label="Narrowed to" className="flex min-w-0 flex-wrap items-center gap-1.5">
      {narrowed.map(({ dimension, value }) => (
        <li key={dimension} className="min-w-0">
          <button
            type="button"
            onClick={() => void navigate({ search: (before) => ({ ...before, [dimension]: undefined }) })}
            aria-label={`No longer only ${dimensionNames[dimension]} ${nameOf(dimension, value)}`}
            className="inline-flex min-h-7 max-w-full items-center gap-1.5 rounded-md bg-tide px-2 hover:bg-shoal"
          >
            <span className="text-soft">{dimensionNames[dimension]}</span>
            <bdi className="max-w-60 truncate font-semibold">{nameOf(dimension, value)}</bdi>
            <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
              <path d="m2 2 8 8m0-8-8 8" stroke="currentColor" strokeWidth="1.5" />
            </svg>
          </button>
        </li>
      ))}
    </ul>
  );
}
