// What each detector says: how far it is, how far is far enough, and how likely chance makes that.
import type { Evidence } from "../../../../../src/drift/contract.ts";
import { Bullet } from "../../../components/charts/bullet.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { sayChance, sayDetector, sayNumber } from "../say-drift.ts";

export function Measures({ measures }: Pick<Evidence, "measures">) {
  const hours = [...new Set(measures.map(({ window_hours: each }) => each))];
  return (
    <>
      <table className="w-full">
        <caption className="visually-hidden">What each detector says</caption>
        <thead>
          <tr className="text-fine text-soft">
            <th className="text-left font-normal">Detector</th>
            <th className="visually-hidden">Drawn</th>
            <th className="w-16 text-right font-normal">Distance</th>
            <th className="w-16 text-right font-normal">Bound</th>
            <th className="w-20 text-right font-normal">By chance</th>
            <th className="w-20 text-right font-normal">Drift</th>
          </tr>
        </thead>
        <tbody>
          {measures.map(({ detector, window_hours: window, effect, threshold, p, drift }) => (
            <tr key={`${detector} ${window}`} className="border-t border-line">
              <th scope="row" className="h-6 text-left font-normal whitespace-nowrap">
                {sayDetector(detector)}
              </th>
              <td className="px-2">
                <Bullet value={effect} bound={threshold} tone={drift ? "warn" : 1} />
              </td>
              <td className={`text-right ${drift ? "font-semibold" : ""}`}>{sayNumber(effect)}</td>
              <td className="text-right">{sayNumber(threshold)}</td>
              <td className="text-right whitespace-nowrap">{sayChance(p)}</td>
              <td className="pl-2 text-right whitespace-nowrap">
                {drift ? <StateWord tone="warn">yes</StateWord> : <span className="text-soft">no</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-1 text-fine text-soft">
        Over the last {hours.join(" and ")} h. It is drift where it is far enough and chance hardly makes it.
      </p>
    </>
  );
}
