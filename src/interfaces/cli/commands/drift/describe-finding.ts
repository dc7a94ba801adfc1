// A finding in words: what differs, from what to what, and how sure that is.
import type { Evidence, Figures, Finding, Profile } from "../../../../drift/contract.ts";
import { formatExactly } from "../../terminal/moment.ts";
import { bold, dim, green, type Line, red } from "../../terminal/style.ts";

export function nameProfile(profile: Profile | null): string {
  if (!profile) return "many";
  const { model, route, prompt } = profile;
  return [
    model,
    route === null || route === "direct" ? "" : `route ${route}`,
    prompt === null ? "" : `prompt ${prompt}`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}

/** In a few words, for a list. */
export function summariseFinding({ evidence }: Finding): string {
  const { before, now, names, change, erosion } = evidence;
  if (names.length > 0) return `new: ${names.join(", ")}`;
  if (erosion) return `${percent(erosion.change)} in ${erosion.profiles} profiles`;
  if (change) return `${change.detector}, ${change.level.toFixed(1)} deviations`;
  return `${inShort(before)} → ${inShort(now)}`;
}

function inShort(figures: Figures | null): string {
  if (!figures) return "nothing";
  if (figures.share !== null) return percent(figures.share);
  if (figures.p50 !== null) return `p50 ${round(figures.p50)}`;
  if (figures.counts)
    return Object.entries(figures.counts)
      .slice(0, 3)
      .map(([name, count]) => `${name} ${percent(count / figures.samples)}`)
      .join(" ");
  return `${figures.samples} texts`;
}

export function describeFinding(finding: Finding): Line[] {
  const { figure, kind, profile, state, since_ms, closed_at_ms, evidence } = finding;
  return [
    [bold(`${figure} of ${nameProfile(profile)}`), "  ", state === "open" ? red("open") : green("closed")],
    [dim("kind   "), kind],
    [dim("since  "), formatExactly(since_ms)],
    ...(closed_at_ms === null ? [] : [[dim("closed "), formatExactly(closed_at_ms)]]),
    [dim("seen   "), summariseFinding(finding)],
    ...describeSides(evidence),
    ...describeMeasures(evidence),
    ...describeErosion(evidence),
    [dim("id     "), finding.id],
  ];
}

function describeSides({ before, now }: Evidence): Line[] {
  const side = (name: string, figures: Figures | null): Line[] => {
    if (!figures) return [];
    const tail = figures.p95 === null ? "" : `, p95 ${round(figures.p95)}`;
    return [[dim(name), `${inShort(figures)}${tail}, of ${figures.samples}`]];
  };
  return [...side("before ", before), ...side("now    ", now)];
}

function describeMeasures({ measures }: Evidence): Line[] {
  return measures.map(({ detector, window_hours, effect, threshold, p, drift }) => [
    dim("       "),
    `${detector} over ${window_hours} h: ${effect.toFixed(3)}, from ${threshold.toFixed(3)} on, p ${p.toExponential(1)} `,
    drift ? red("drift") : dim("no drift"),
  ]);
}

function describeErosion({ erosion }: Evidence): Line[] {
  if (!erosion) return [];
  return [
    [dim("all    "), `p ${erosion.p.toExponential(1)}, z ${erosion.z.toFixed(1)}, of ${erosion.profiles} profiles`],
    ...erosion.contributors.map((each): Line => [
      dim("       "),
      `${nameProfile(each)}: ${percent(each.slope)} a day, ${percent(each.change)} in ${each.days} days, q ${each.q.toExponential(1)}`,
    ]),
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
