// A cap in one line of a table: a short bar of what is used up, and what is left in words.
import { inkOf } from "../../charts/inks.ts";
import { type CapView, shareLeft } from "./caps-of.ts";
import { nameCap, sayAmount, sayLeft, toneOfCap } from "./say-cap.ts";

/** `more`: others of the same owner, which have more left. */
export function CapLine({ cap, more = 0 }: { cap: CapView | null; more?: number }) {
  if (cap === null) return null;
  const tone = toneOfCap(cap);
  const title = `${nameCap(cap)}: ${sayLeft(cap)}${more > 0 ? `; ${more} more` : ""}`;
  return (
    <span title={title} className="inline-flex max-w-full items-center gap-2 align-bottom">
      <span
        aria-hidden="true"
        className="relative h-1.5 w-10 shrink-0 overflow-hidden rounded-sm bg-tide ring-1 ring-control ring-inset"
      >
        <span
          className={`absolute inset-y-0 left-0 rounded-sm ${inkOf(tone).background}`}
          style={{ width: `${(1 - Math.max(0, shareLeft(cap))) * 100}%` }}
        />
      </span>
      <span className={`min-w-0 truncate ${tone === "fail" ? "font-semibold text-fail" : ""}`}>
        {sayAmount(cap.unit, cap.left)}
        <span className="text-soft"> of {sayAmount(cap.unit, cap.cap)}</span>
      </span>
    </span>
  );
}
