// How fast a budget burns over each pair of windows: two bars, the long one and the short one, against the notch above which both
// together alert. The pairs share no scale: each is drawn up to what is too fast for it.
import type { SloView } from "../../../../../src/alerts/contract.ts";
import { Bullet } from "../../../components/charts/bullet.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { formatCount, formatDuration } from "../../../format/figures.ts";
import { sayBurn } from "../words/say-reading.ts";

type Burn = SloView["series"][number]["burns"][number];

export function Burns({ burns, label }: { burns: readonly Burn[]; label: string }) {
  return (
    <table className="mt-2 w-full">
      <caption className="visually-hidden">How fast the budget of {label} burns</caption>
      <thead>
        <tr className="text-fine text-soft">
          <th className="w-24 text-left font-normal">Window</th>
          <th className="visually-hidden">Drawn</th>
          <th className="w-16 text-right font-normal">Burns</th>
          <th className="hidden w-28 text-right font-normal sm:table-cell">Too fast</th>
          <th className="w-20 text-right font-normal">Alerts</th>
        </tr>
      </thead>
      {burns.map((burn) => (
        <tbody key={burn.long_ms} className="border-t border-line">
          <BurnRow burn={burn} isLong />
          <BurnRow burn={burn} />
        </tbody>
      ))}
    </table>
  );
}

function BurnRow({ burn, isLong = false }: { burn: Burn; isLong?: boolean }) {
  const rate = isLong ? burn.long_burn : burn.short_burn;
  const isFast = rate > burn.factor;
  const tone = burn.burning && burn.burn === "page" ? "fail" : isFast ? "warn" : 1;
  return (
    <tr className={isLong ? "" : "text-soft"}>
      <th scope="row" className="h-6 text-left align-middle font-normal">
        {formatDuration(isLong ? burn.long_ms : burn.short_ms)}
      </th>
      <td className="align-middle px-2">
        <Bullet value={rate} bound={burn.factor} tone={tone} />
      </td>
      <td className={`text-right align-middle whitespace-nowrap ${isFast ? "font-semibold text-ink" : ""}`}>
        {sayBurn(rate)}
      </td>
      {isLong && (
        <>
          <td rowSpan={2} className="hidden text-right align-middle whitespace-nowrap text-ink sm:table-cell">
            above {sayBurn(burn.factor)}
          </td>
          <td rowSpan={2} className="pl-2 text-right align-middle whitespace-nowrap">
            <span title={`${formatCount(burn.long_events)} calls in the long window`}>
              {burn.burning ? (
                <StateWord tone={burn.burn === "page" ? "fail" : "warn"}>
                  {burn.burn === "page" ? "critical" : "warning"}
                </StateWord>
              ) : (
                <span className="text-soft">no</span>
              )}
            </span>
          </td>
        </>
      )}
    </tr>
  );
}
