// The tables for people: one a scenario, then the targets.
import { type ContenderName, contenderNames } from "../contenders/contender.ts";
import type { Slice } from "./measure.ts";
import { type Scenario, type ScenarioName, scenarios } from "./scenarios.ts";
import { overRounds, pairwise, ratio, type Reading, type Spread } from "./summary.ts";
import type { Verdict } from "./targets.ts";

interface Row {
  title: string;
  read: Reading;
  /** Whether ratios say something about it. */
  compared?: boolean;
  only?: (scenario: Scenario) => boolean;
}

const MB = 1024 * 1024;
/** Above this, the load's own CPU is what limits calls a second. */
const SATURATED_SHARE = 0.95;
/** Above this, other programs had a say in calls a second and in latencies. */
const NOISY_SHARE = 0.1;

const megabytes = (bytes: number | null): number | null => (bytes === null ? null : bytes / MB);
const isStream = (scenario: Scenario): boolean => scenario.traffic !== "json";

const loadSideShare = (slice: Slice): number => slice.generator_share + slice.upstream_share + slice.database_share;

const rows: readonly Row[] = [
  { title: "CPU µs a call, until the last answer", read: (s) => s.cpu_us, compared: true },
  { title: "  … and until its records are projected", read: (s) => s.cpu_settled_us, compared: true },
  { title: "  database CPU µs a call, beside that", read: (s) => s.database_cpu_us },
  { title: "calls/s that one CPU carries by that", read: (s) => s.carried_per_second, compared: true },
  { title: "calls/s", read: (s) => s.calls_per_second, compared: true },
  { title: "p50 ms", read: (s) => s.p50_ms },
  { title: "p99 ms", read: (s) => s.p99_ms },
  { title: "first event p50 ms", read: (s) => s.first_body_p50_ms, only: isStream },
  { title: "first event p99 ms", read: (s) => s.first_body_p99_ms, only: isStream },
  { title: "projection done ms after the last answer", read: (s) => (s.database_cpu_us === null ? null : s.settle_ms) },
  { title: "RSS MB", read: (s) => megabytes(s.rss_bytes) },
  { title: "  database memory MB", read: (s) => megabytes(s.database_memory_bytes) },
  { title: "load side's CPU busy %", read: (s) => loadSideShare(s) * 100 },
  { title: "others on the contender's CPU %", read: (s) => (s.foreign_share === null ? null : s.foreign_share * 100) },
];

const TITLE_WIDTH = 43;
const CELL_WIDTH = 23;
const RATIO_WIDTH = 18;

export function renderScenarios(slices: readonly Slice[]): string {
  const measured = scenarios.filter(({ name }) => slices.some(({ scenario }) => scenario === name));
  return measured.map((scenario) => renderScenario(scenario, slices)).join("\n");
}

function renderScenario(scenario: Scenario, slices: readonly Slice[]): string {
  const present = contenderNames.filter((name) =>
    slices.some((slice) => slice.scenario === scenario.name && slice.contender === name),
  );
  const head = [
    "".padEnd(TITLE_WIDTH),
    ...present.map((name) => name.padStart(CELL_WIDTH)),
    "binnacle/bare".padStart(RATIO_WIDTH),
    "binnacle/portkey".padStart(RATIO_WIDTH),
  ].join("");
  const lines = rows
    .filter(({ only }) => only?.(scenario) ?? true)
    .flatMap((row) => renderRow(row, { scenario: scenario.name, present, slices }));
  return [scenario.title, head, ...lines, ...noteSaturation(scenario, slices), ...noteNoise(scenario, slices), ""].join(
    "\n",
  );
}

interface RowContext {
  scenario: ScenarioName;
  present: readonly ContenderName[];
  slices: readonly Slice[];
}

function renderRow(row: Row, { scenario, present, slices }: RowContext): string[] {
  const spreads = present.map((contender) => overRounds(slices, { scenario, contender }, row.read));
  if (spreads.every((spread) => spread === undefined)) return [];
  const against = (other: ContenderName): string => {
    if (!row.compared) return "";
    const spread = pairwise(slices, { scenario, of: "binnacle", against: other, read: row.read }, ratio);
    return spread ? `${spread.median.toFixed(2)} ×` : "";
  };
  const cells = spreads.map((spread) => (spread ? formatSpread(spread) : "–").padStart(CELL_WIDTH));
  const ratios = [against("bare"), against("portkey")].map((text) => text.padStart(RATIO_WIDTH));
  return [`  ${row.title.padEnd(TITLE_WIDTH - 2)}${cells.join("")}${ratios.join("")}`.trimEnd()];
}

function noteSaturation(scenario: Scenario, slices: readonly Slice[]): string[] {
  if (!("connections" in scenario.load) || scenario.load.connections === 1) return [];
  if (scenario.isSpread)
    return [
      "  note: load, upstream and databases run on the same CPUs: calls/s grow as far as those leave room, CPU a call says more.",
    ];
  return scenario.contenders.flatMap((contender) => {
    const place = { scenario: scenario.name, contender };
    const share = overRounds(slices, place, loadSideShare);
    return share && share.median >= SATURATED_SHARE
      ? [`  note: the load side was the bottleneck for ${contender}: it could answer more calls/s than shown.`]
      : [];
  });
}

function noteNoise({ name, contenders }: Scenario, slices: readonly Slice[]): string[] {
  const noisy = contenders.filter((contender) => {
    const share = overRounds(slices, { scenario: name, contender }, (slice) => slice.foreign_share);
    return share && contender !== "direct" && share.median >= NOISY_SHARE;
  });
  return noisy.length === 0
    ? []
    : [
        `  note: other programs ran beside ${noisy.join(", ")}: calls/s and latencies here say little, CPU a call more.`,
      ];
}

/** `52.1 (50.3–55.0)`: the median, the least and the most of the rounds. */
function formatSpread({ median, min, max }: Spread): string {
  return `${formatNumber(median)} (${formatNumber(min)}–${formatNumber(max)})`;
}

/** To three significant digits, or all those before the point. */
function formatNumber(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 || size < 0.0005 ? 2 : 3);
}

export function renderVerdicts(verdicts: readonly Verdict[]): string {
  return verdicts
    .map(({ name, unit, bound, target, measured, holds }) => {
      const figure = `${formatSpread(measured)} ${unit}`;
      const sign = bound === "at most" ? "≤" : "≥";
      return `${holds ? "holds " : "MISSED"}  ${name.padEnd(100)} ${sign} ${String(target).padEnd(4)} ${unit.padEnd(2)}  ${figure}`;
    })
    .join("\n");
}

/** What went wrong, by scenario and contender; empty when nothing did. */
export function renderFailures(slices: readonly Slice[]): string {
  const lines = slices.flatMap(({ round, scenario, contender, failures }) =>
    Object.entries(failures).map(([why, count]) => `  round ${round}, ${scenario}, ${contender}: ${count} × ${why}`),
  );
  return lines.length === 0 ? "" : ["Calls that failed:", ...lines.slice(0, 50), ""].join("\n");
}
