// What a forecast rests on, as it came with it.
import type { Forecast } from "../../../../../src/observability/contract.ts";
import { formatCount, formatShare } from "../../../format/figures.ts";

type Assumed = NonNullable<Forecast["assumed"]>;

export function Assumptions({ assumed }: { assumed: Assumed }) {
  return (
    <ul className="grid gap-x-6 gap-y-1.5 min-[72rem]:grid-cols-2">
      {sentences(assumed).map((sentence) => (
        <li key={sentence} className="flex gap-2">
          <span aria-hidden="true" className="text-soft">
            –
          </span>
          <bdi>{sentence}</bdi>
        </li>
      ))}
    </ul>
  );
}

function sentences(assumed: Assumed): string[] {
  const { history_days: days, season, growth_per_week: growth, cache_share: cacheShare, price_factor: price } = assumed;
  const mix = assumed.mix
    .slice(0, 5)
    .map(({ model, share }) => `${model ?? "no model"} ${formatShare(share)} %`)
    .join(", ");
  return [
    `${formatCount(days)} days of history are carried on, and their own surprises say how wide the intervals are.`,
    season === "week"
      ? "Days of the week differ as they did."
      : "Days of the week are taken as alike: it takes two weeks to know otherwise.",
    growth === 0
      ? "No growth: none was found beyond chance, or none is wanted."
      : `Growth of ${formatShare(growth)} % a week, a little less of it each day.`,
    `Caches save ${formatShare(cacheShare)} % of what calls would cost${assumed.is_cache_share_given ? ", as you say" : ", as they did"}.`,
    price === 1 ? "Prices stay as they were charged." : `Prices are ${price} times what was charged, as you say.`,
    `The mix of models stays: ${mix || "nothing was spent"}.`,
    ...(assumed.unpriced > 0
      ? [`${formatCount(assumed.unpriced)} records have no known price and are not in it, so it is too low.`]
      : []),
  ];
}
