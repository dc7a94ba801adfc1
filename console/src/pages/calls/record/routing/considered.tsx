// Every target that was looked at, in order, and why it was taken or passed over.
import type { Considered as ConsideredTarget } from "../../../../../../src/ledger/contract.ts";

export function Considered({ considered }: { considered: readonly ConsideredTarget[] }) {
  return (
    <ol aria-label="Targets considered, in order" className="grid gap-1">
      {considered.map(({ target, chosen, reason }, index) => (
        <li key={index} className="grid grid-cols-[1rem_minmax(0,1fr)] items-baseline">
          <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true" className={chosen ? "text-ink" : "text-soft"}>
            {chosen ? (
              <circle cx="4" cy="4" r="3.4" fill="currentColor" />
            ) : (
              <circle cx="4" cy="4" r="3" fill="none" stroke="currentColor" strokeWidth="1.2" />
            )}
          </svg>
          <div className="min-w-0">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <bdi className={`foreign ${chosen ? "font-semibold" : ""}`}>{target}</bdi>
              <span className={chosen ? "" : "text-soft"}>{chosen ? "chosen" : "not chosen"}</span>
            </p>
            <p className="foreign text-soft">{reason}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
