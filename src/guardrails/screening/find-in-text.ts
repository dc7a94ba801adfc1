// What the checks of a side find in one text, read in every way it can be; one finding a place, the strictest.
import type { FindContext, Finding } from "../contract.ts";
import { type Decided, decide, isStricter, type SideChecks } from "../policies/policy.ts";
import { decodedViews, type TextView, unescapedView } from "../texts/views.ts";

/** `beside` is what others found in it. */
export function findInText(
  text: string,
  { checks, detectors }: SideChecks,
  { beside = [], ...context }: FindContext & { beside?: readonly Decided[] | undefined },
): Decided[] {
  if (detectors.length === 0) return beside.length === 0 ? [] : withoutOverlaps([...beside]);
  const found: Finding[] = [];
  const look = (looked: string, view?: TextView): void => {
    for (const detector of detectors)
      for (const finding of detector.find(looked, context)) found.push(view ? inText(finding, view) : finding);
  };
  look(text);
  const unescaped = unescapedView(text);
  if (unescaped) look(unescaped.text, unescaped);
  for (const view of decodedViews(text)) look(view.text, view);
  if (found.length + beside.length === 0) return [];
  return withoutOverlaps([...beside, ...found.flatMap((finding) => decide(finding, checks) ?? [])]);
}

function inText(finding: Finding, { origin, isStretch }: TextView): Finding {
  const [start, end] = [origin(isStretch ? 0 : finding.start), origin(finding.end)];
  return {
    ...finding,
    start,
    end: end > start ? end : start + 1,
    why: isStretch ? `${finding.why}, in base64` : finding.why,
  };
}

/** Of two at one place the stricter, else the longer, stays; what it does not cover of the other is covered with it. */
function withoutOverlaps(found: Decided[]): Decided[] {
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  const kept: Decided[] = [];
  for (const finding of found) {
    const last = kept.at(-1);
    if (!last || finding.start >= last.end) kept.push(finding);
    else if (isStricter(finding.mode, last.mode))
      kept[kept.length - 1] = {
        ...finding,
        start: last.mode === "observe" ? finding.start : last.start,
        end: furthest(finding, last),
      };
    else if (finding.mode !== "observe" && finding.end > last.end)
      kept[kept.length - 1] = { ...last, end: finding.end };
  }
  return kept;
}

function furthest(one: Decided, other: Decided): number {
  return other.mode === "observe" ? one.end : Math.max(one.end, other.end);
}
