// What there is most of, with a bar each: a real table, longest first as it is given.
import { type ReactNode, useId } from "react";
import { inkOf, type Tone } from "./inks.ts";
import { onFirstUse } from "../../format/on-first-use.ts";

export interface BarRow {
  key: string;
  label: ReactNode;
  value: number;
  /** The value as it is written, without the unit that the column says. */
  formatted: string;
  href?: string | undefined;
  /** Under the label, quietly. */
  note?: ReactNode;
  tone?: Tone | undefined;
  /** Of the whole, 0 to 1. */
  share?: number | undefined;
}

interface BarListProps {
  rows: readonly BarRow[];
  unit: string;
  /** What is listed: `Models by cost`. */
  label: string;
  /** The head of the first column; the label where there is none. */
  head?: string;
  empty?: string;
}

const percent = onFirstUse(
  () => new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1, minimumFractionDigits: 1 }),
);

export function BarList({ rows, unit, label, head = label, empty = "Nothing came in this time." }: BarListProps) {
  const id = useId();
  const most = Math.max(0, ...rows.map(({ value }) => value));
  const hasShares = rows.some(({ share }) => share !== undefined);
  if (rows.length === 0) return <p className="py-3 text-soft">{empty}</p>;
  return (
    <table aria-label={label} className="w-full table-fixed border-collapse">
      <thead>
        <tr className="text-fine text-soft">
          <th id={id} scope="col" className="pb-1 text-left font-normal">
            {head}
          </th>
          <th scope="col" className="w-28 pb-1 text-right font-normal">
            {unit}
          </th>
          {hasShares && (
            <th scope="col" className="w-16 pb-1 text-right font-normal">
              share
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className="h-7.5">
            <th scope="row" className="relative py-0.5 pr-2 text-left font-normal">
              <Bar share={most > 0 ? Math.max(0, row.value) / most : 0} tone={row.tone ?? 1} />
              <Name row={row} />
            </th>
            <td className="py-0.5 text-right whitespace-nowrap">{row.formatted}</td>
            {hasShares && (
              <td className="py-0.5 text-right whitespace-nowrap text-soft">
                {row.share === undefined ? "" : `${percent().format(row.share * 100)} %`}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Name({ row: { label, href, note } }: { row: BarRow }) {
  return (
    <span className="flex min-w-0 items-baseline gap-2 pb-1">
      {href === undefined ? (
        <span className="truncate">{label}</span>
      ) : (
        <a
          href={href}
          className="truncate underline decoration-control decoration-1 underline-offset-2 hover:decoration-pen hover:text-pen"
        >
          {label}
        </a>
      )}
      {note !== undefined && <span className="truncate text-fine text-soft">{note}</span>}
    </span>
  );
}

/** Along the foot of its row, so that the name stays on plain ground. */
function Bar({ share, tone }: { share: number; tone: Tone }) {
  return (
    <span aria-hidden="true" className="absolute right-2 bottom-1 left-0 h-0.75 bg-line/50">
      <span
        className={`block h-full ${share > 0 ? "min-w-px" : ""} ${inkOf(tone).background}`}
        style={{ width: `${share * 100}%` }}
      />
    </span>
  );
}
