// Every target that was looked at, in order, and why it was taken or passed over.
import type { Considered as ConsideredTarget } from "../../../../src/ledger/contract.ts";

export function Considered({ considered }: { considered: readonly ConsideredTarget[] }) {
  if (considered.length === 0) return null;
  return (
    <div className="mt-3">
      <p className="pb-1 text-soft">Targets considered, in order</p>
      <ol>
        {considered.map(({ target, chosen, reason }, index) => (
          <li
            key={index}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-t border-line py-1 sm:grid-cols-[11rem_5rem_minmax(0,1fr)]"
          >
            <span className={`foreign ${chosen ? "font-semibold" : ""}`}>{target}</span>
            <span className={chosen ? "font-semibold" : "text-soft"}>{chosen ? "chosen" : "not chosen"}</span>
            <span className="foreign col-span-2 text-soft sm:col-span-1">{reason}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
