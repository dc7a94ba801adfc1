// An amount, exact to the micro-dollar. What is below a cent is there, and stands back.
import { formatUsd } from "../../format/figures.ts";

/** Null: no price is known, which is not the same as nothing to pay. */
export function Money({ micros }: { micros: number | null }) {
  if (micros === null) return <span className="font-normal text-soft">no price</span>;
  const text = formatUsd(Math.round(micros));
  if (Math.abs(micros) < 10_000) return <span className="whitespace-nowrap">{text}</span>;
  return (
    <span className="whitespace-nowrap">
      {text.slice(0, -4)}
      <span className="font-normal text-soft">{text.slice(-4)}</span>
    </span>
  );
}
