// `slos list` and `slos show`: what is left of error budgets as bars, and how fast they burn.
import type { SloView } from "../../../../alerts/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { formatDay, formatExactly } from "../../terminal/moment.ts";
import { bold, dim, green, type Line, type Piece, red, yellow } from "../../terminal/style.ts";
import { labelsOf } from "./alert-words.ts";

type Series = SloView["series"][number];
type Burn = Series["burns"][number];

const right = "right" as const;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export async function listSlos(cli: Cli): Promise<void> {
  const { output } = cli;
  const answer = await connect(cli).api.slos.list();
  if (output.isJson) return output.json(answer);
  if (answer.slos.length === 0)
    return output.note(
      "There are no objectives. They are set in the config (alerts.slos), or by PUT /api/v1/slos/{name}.",
    );
  output.table(
    [
      { title: "OBJECTIVE", shrinksTo: 8 },
      { title: "OF", shrinksTo: 6 },
      { title: "TARGET", align: right },
      { title: "GOOD", align: right },
      { title: "BUDGET LEFT" },
      { title: "1H", align: right },
      { title: "6H", align: right },
      { title: "3D", align: right },
      { title: "USED UP", goes: 1 },
    ],
    answer.slos.flatMap((slo) =>
      slo.series.length === 0
        ? [[slo.name, whyNothing(slo), `${slo.target} %`, dim("–"), dim("–"), dim("–"), dim("–"), dim("–"), dim("–")]]
        : slo.series.map((series) => [
            slo.name,
            labelsOf(series.labels),
            `${slo.target} %`,
            goodOf(series),
            budgetBar(series.budget_left),
            ...series.burns.map(burnOf),
            series.exhausted_at_ms === null ? dim("–") : formatDay(series.exhausted_at_ms),
          ]),
    ),
  );
  output.note(dim("1h, 6h, 3d: how fast the budget burns; 1× spends it in just the objective's window"));
}

function whyNothing({ unknown, error, measured_at_ms }: SloView): Piece {
  if (error !== null) return red(error);
  if (unknown === "no_scores") return dim("no scores are kept");
  return dim(measured_at_ms === null ? "not measured yet" : "no calls");
}

function goodOf({ good, bad }: Series): Piece {
  const total = good + bad;
  return total === 0 ? dim("–") : `${((good / total) * 100).toFixed(3)} %`;
}

const CELLS = 20;
const LITTLE = 0.25;

/** Full while nothing is spent. */
export function budgetBar(left: number): Line {
  const shown = Math.min(1, Math.max(0, left));
  const solid = left > 0 ? Math.max(1, Math.round(shown * CELLS)) : 0;
  const bar = `${"█".repeat(solid)}${"░".repeat(CELLS - solid)}`;
  const text = `${bar} ${(left * 100).toFixed(1).padStart(6)} %`;
  if (left <= 0) return [red(text)];
  return [left < LITTLE ? yellow(text) : green(text)];
}

function burnOf({ long_burn, burning, burn }: Burn): Piece {
  const text = `${long_burn.toFixed(long_burn >= 100 ? 0 : 1)}×`;
  if (!burning) return text;
  return burn === "page" ? red(text) : yellow(text);
}

export async function showSlo(cli: Cli, name: string): Promise<void> {
  const { output } = cli;
  const slo = await connect(cli).api.slos.get({ name });
  if (output.isJson) return output.json(slo);
  output.line(bold(slo.name), `  ${slo.objective}, ${slo.target} % over ${lengthOf(slo.window_ms)}`);
  if (slo.measured_at_ms !== null) output.note(dim(`Measured ${formatExactly(slo.measured_at_ms)}.`));
  if (slo.series.length === 0) return output.line(whyNothing(slo));
  for (const series of slo.series) {
    output.line("");
    output.line(labelsOf(series.labels), "  ", goodOf(series), ` good of ${series.good + series.bad}`);
    output.line(dim("budget left  "), ...budgetBar(series.budget_left));
    for (const burn of series.burns) output.line(...burnLine(burn));
    if (series.exhausted_at_ms !== null)
      output.line(dim("used up      "), `${formatExactly(series.exhausted_at_ms)}, at the pace of the last six hours`);
  }
}

/** Full where the window's factor is reached. */
function burnLine(burn: Burn): Line {
  const { long_ms, short_ms, long_burn, short_burn, factor, burning } = burn;
  const solid = Math.min(CELLS, Math.round((long_burn / factor) * CELLS));
  const windows = `${lengthOf(long_ms)}/${lengthOf(short_ms)}`.padEnd(11);
  const bar = `${"█".repeat(solid)}${"░".repeat(CELLS - solid)}`;
  const coloured = !burning ? dim(bar) : burn.burn === "page" ? red(bar) : yellow(bar);
  const figures = ` ${long_burn.toFixed(1)}× and ${short_burn.toFixed(1)}×, too fast above ${factor.toFixed(1)}×`;
  return [dim(`${windows}  `), coloured, figures];
}

function lengthOf(ms: number): string {
  if (ms >= DAY_MS) return `${ms / DAY_MS}d`;
  return ms >= HOUR_MS ? `${ms / HOUR_MS}h` : `${ms / 60_000}m`;
}
