// Names and figures of a chart: at the right end, each at the height of what it names, or in a row above where there is no
// room beside it.
import { countFitting, placeLabels } from "../scales/place-labels.ts";
import type { Reading } from "./readings.ts";

/** One label is a line of the smallest text high. */
const lineRem = 1;

export function EndLabels({ labels, height, rem }: { labels: readonly Reading[]; height: number; rem: number }) {
  const size = lineRem * rem;
  const room = { min: size * 0.25, max: height - size * 0.25 };
  const fitting = countFitting(size, room);
  const isWhole = labels.length <= fitting;
  const shown = isWhole ? labels : foremost(labels, fitting - 1);
  const tops = placeLabels(
    shown.map(({ at }) => (1 - at) * height),
    size,
    // The last line says how many more there are.
    { min: room.min, max: isWhole ? room.max : room.max - size },
  );
  return (
    <ul aria-hidden="true" className="absolute inset-0">
      {shown.map((label, index) => (
        <li
          key={label.key}
          className="absolute inset-x-0 flex -translate-y-1/2 items-center gap-1.5 pl-2 leading-4 whitespace-nowrap"
          style={{ top: tops[index] }}
        >
          <Label label={label} />
        </li>
      ))}
      {shown.length < labels.length && (
        <li className="absolute bottom-0 translate-y-1/4 pl-2 leading-4 text-soft">
          and {labels.length - shown.length} more in the table
        </li>
      )}
    </ul>
  );
}

export function RowLabels({ labels, unit }: { labels: readonly Reading[]; unit: string }) {
  return (
    <ul aria-hidden="true" className="mb-1 flex flex-wrap gap-x-4 leading-5">
      {labels.slice(0, 8).map((label) => (
        <li key={label.key} className="flex max-w-full items-center gap-1.5 whitespace-nowrap">
          <Label label={label} />
        </li>
      ))}
      {labels.length > 8 && <li className="text-soft">and {labels.length - 8} more in the table</li>}
      <li className="ml-auto text-soft">in {unit}</li>
    </ul>
  );
}

function Label({ label }: { label: Reading }) {
  const { role, name, hidesName, text } = label;
  return (
    <>
      {!hidesName && <Swatch label={label} />}
      {!hidesName && (
        <span title={name} className={`truncate ${role === "series" ? "" : "text-soft"}`}>
          {name}
        </span>
      )}
      <span className={role === "series" ? "font-semibold" : "text-soft"}>{text}</span>
    </>
  );
}

function Swatch({ label: { ink, role } }: { label: Reading }) {
  return (
    <svg viewBox="0 0 16 8" width="16" height="8" className={`shrink-0 ${ink.stroke}`}>
      <path d="M0 4h16" strokeWidth={role === "series" ? 2 : 1} strokeDasharray={ink.dash.join(" ")} fill="none" />
    </svg>
  );
}

/** Where not all fit: bounds and the usual, then series in the order in which they were given. */
function foremost(labels: readonly Reading[], count: number): Reading[] {
  const isSeries = ({ role }: Reading): number => (role === "series" ? 1 : 0);
  return [...labels].sort((a, b) => isSeries(a) - isSeries(b)).slice(0, Math.max(0, count));
}
