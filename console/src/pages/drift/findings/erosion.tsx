// Many profiles a little worse each day: what they come to together, and the trend of each with its interval.
import type { Evidence } from "../../../../../src/drift/contract.ts";
import { formatCount } from "../../../format/figures.ts";
import { sayChance, sayNumber, sayProfile, sayShare } from "../say-drift.ts";

interface ErosionProps {
  figure: string;
  erosion: NonNullable<Evidence["erosion"]>;
}

export function Erosion({ figure, erosion }: ErosionProps) {
  const { direction, profiles, change, p, contributors } = erosion;
  return (
    <>
      <p className="mb-2">
        {formatCount(profiles)} profiles together have {direction} of it: {sayShare(change)} in the middle one since its
        first day. By chance: {sayChance(p)}.
      </p>
      <table className="w-full">
        <caption className="visually-hidden">Trends of {figure}</caption>
        <thead>
          <tr className="text-fine text-soft">
            <th className="text-left font-normal">Profile</th>
            <th className="w-28 text-right font-normal">A day</th>
            <th className="w-20 text-right font-normal">In all</th>
            <th className="w-14 text-right font-normal">Days</th>
            <th className="w-20 text-right font-normal">By chance</th>
          </tr>
        </thead>
        <tbody>
          {contributors.map((each) => (
            <tr key={sayProfile(each)} className="border-t border-line">
              <th scope="row" className="foreign py-0.5 text-left font-normal">
                {sayProfile(each)}
              </th>
              <td
                className="text-right whitespace-nowrap"
                title={`95 %: ${sayNumber(each.slope_low * 100)} to ${sayNumber(each.slope_high * 100)} %`}
              >
                {sayShare(each.slope)}
              </td>
              <td className="text-right">{sayShare(each.change)}</td>
              <td className="text-right">{each.days}</td>
              <td className="text-right whitespace-nowrap">{sayChance(each.q)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
