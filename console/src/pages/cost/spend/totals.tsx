// The total of what is shown, each record counted once.
import type { SumFigures } from "../../../../../src/ledger/contract.ts";
import { Stat } from "../../../components/figures/stat.tsx";
import { formatCount, formatShare, formatUsd } from "../../../format/figures.ts";

export function Totals({ total }: { total: SumFigures | undefined }) {
  const cost = total?.cost_usd_micros ?? 0;
  const part = (micros: number, of: number): string => (of === 0 ? "" : `${formatShare(micros / of)} % of it`);
  return (
    <div className="grid grid-cols-2 gap-4 min-[72rem]:grid-cols-4">
      <Stat
        label="Spent"
        value={total === undefined ? null : formatUsd(cost)}
        detail={total === undefined ? "" : `${formatCount(total.records)} records`}
        {...(total !== undefined &&
          total.unpriced > 0 && {
            tone: "warn",
            detail: `${formatCount(total.unpriced)} records have no known price, so the cost is too low`,
          })}
      />
      <Stat
        label="Saved by caches"
        value={total === undefined ? null : formatUsd(total.saved_usd_micros)}
        detail={
          total === undefined
            ? ""
            : `${formatShare(total.saved_usd_micros / Math.max(1, cost + total.saved_usd_micros))} % of what it would have been`
        }
      />
      <Stat
        label="Wasted by retries"
        value={total === undefined ? null : formatUsd(total.wasted_usd_micros)}
        detail={total === undefined ? "" : part(total.wasted_usd_micros, cost) || "nothing was spent"}
      />
      <Stat
        label="Tokens"
        value={total === undefined ? null : formatCount(total.tokens.input + total.tokens.output)}
        detail={
          total === undefined
            ? ""
            : `${formatCount(total.tokens.input)} in, ${formatCount(total.tokens.cache_read)} of them from vendors' caches; ${formatCount(total.tokens.output)} out`
        }
      />
    </div>
  );
}
