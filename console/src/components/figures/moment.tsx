// A moment, and how long ago one was. Both carry the whole of it, with its zone, for a pointer that rests on them.
import { formatAge } from "../../format/figures.ts";
import { formatClock, formatOtherDay } from "../../format/moments.ts";
import { formatStampWithZone } from "../../format/stamps.ts";
import { useNow } from "../../page/use-now.ts";

/** `14:02:11`, on another day than today `21 Nov 14:02:11`. */
export function Moment({ ms }: { ms: number }) {
  const day = formatOtherDay(ms, Date.now());
  return (
    <time dateTime={new Date(ms).toISOString()} title={formatStampWithZone(ms)} className="whitespace-nowrap">
      {day !== null && `${day} `}
      {formatClock(ms)}
    </time>
  );
}

/** `3 min ago`. What is still to come is `in 3 min`. */
export function Age({ ms }: { ms: number }) {
  const [isFresh, isHours] = [Math.abs(Date.now() - ms) < 90_000, Math.abs(Date.now() - ms) > 7_200_000];
  const nowMs = useNow(isFresh ? 1000 : isHours ? 60_000 : 10_000);
  return (
    <time dateTime={new Date(ms).toISOString()} title={formatStampWithZone(ms)} className="whitespace-nowrap">
      {sayAge(ms, nowMs)}
    </time>
  );
}

export function sayAge(ms: number, nowMs: number): string {
  const age = formatAge(Math.abs(nowMs - ms));
  if (age === "now") return "now";
  return ms > nowMs ? `in ${age}` : `${age} ago`;
}
