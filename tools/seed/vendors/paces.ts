// How quick each invented model is, what slowly changes in a week, and when a vendor is down.
import type { Dice } from "../dice.ts";
import type { Fault } from "./answer.ts";

interface Pace {
  connectMs: number;
  firstTokenMs: number;
  tokenMs: number;
}

/** A vendor that answers a share of its calls with an error for a while. */
export interface Outage {
  vendor: string;
  fromMs: number;
  untilMs: number;
  share: number;
  fault: Fault;
}

const paces: Record<string, Pace> = {
  "northwind/atlas-large": { connectMs: 45, firstTokenMs: 720, tokenMs: 14 },
  "northwind/atlas-mini": { connectMs: 40, firstTokenMs: 310, tokenMs: 6 },
  "meridian/quill-3": { connectMs: 60, firstTokenMs: 930, tokenMs: 17 },
  "meridian/quill-3-fast": { connectMs: 55, firstTokenMs: 420, tokenMs: 7 },
  "lumen/lumen-vision": { connectMs: 70, firstTokenMs: 1150, tokenMs: 11 },
  "lumen/lumen-embed": { connectMs: 70, firstTokenMs: 90, tokenMs: 0 },
  "house/harbour-8b": { connectMs: 1, firstTokenMs: 95, tokenMs: 21 },
};

/** This one grows slower, day by day. */
const SLOWING = { model: "northwind/atlas-large", perDay: 0.07 };

export function paceOf(target: string, { dice, dayOfWeek }: { dice: Dice; dayOfWeek: number }): Pace {
  const { connectMs, firstTokenMs, tokenMs } = paces[target] ?? { connectMs: 50, firstTokenMs: 400, tokenMs: 8 };
  const slower = target === SLOWING.model ? (1 + SLOWING.perDay) ** dayOfWeek : 1;
  return {
    connectMs: connectMs * dice.spread(0.2),
    firstTokenMs: firstTokenMs * slower * dice.spread(0.35),
    tokenMs: tokenMs * dice.spread(0.2),
  };
}

export function strikes(
  vendor: string,
  { nowMs, outages, dice }: { nowMs: number; outages: readonly Outage[]; dice: Dice },
): Fault | undefined {
  const hit = outages.find((each) => each.vendor === vendor && nowMs >= each.fromMs && nowMs < each.untilMs);
  return hit && dice.chance(hit.share) ? hit.fault : undefined;
}
