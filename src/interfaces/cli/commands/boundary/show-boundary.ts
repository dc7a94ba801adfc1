// `boundary`: how soon each signal can be acted on, as a bar against its bound.
import { formatDuration } from "../../../../kernel/index.ts";
import type { SignalView } from "../../../../observability/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { formatMoment } from "../../terminal/moment.ts";
import { dim, green, type Piece, red } from "../../terminal/style.ts";

/** Exit code 1 where a bound is crossed, so that scripts can ask. */
export async function showBoundary(cli: Cli): Promise<number> {
  const { output, host } = cli;
  const boundary = await connect(cli).api.boundary.get();
  const exitCode = boundary.state === "crossed" ? 1 : 0;
  if (output.isJson) {
    output.json(boundary);
    return exitCode;
  }
  const right = "right" as const;
  const columns = [
    { title: "SIGNAL" },
    { title: "LAG AGAINST BOUND" },
    { title: "LAG", align: right },
    { title: "BOUND", align: right },
    { title: "P50", align: right, goes: 2 },
    { title: "P99", align: right, goes: 3 },
    { title: "STATE", shrinksTo: 7 },
  ];
  const rows = boundary.signals.map((signal) => [
    signal.signal,
    barOf(signal),
    shown(signal.lag_ms),
    formatDuration(signal.bound_ms),
    shown(signal.p50_ms),
    shown(signal.p99_ms),
    stateOf(signal, host.nowMs()),
  ]);
  output.table(columns, rows);
  output.note(dim(`p50 and p99 of the last ${formatDuration(boundary.window_ms)}; █ the lag now, ░ p99, │ the bound`));
  return exitCode;
}

const BOUND_AT = 24;

/** Full at the bound; what is beyond is an arrow. */
function barOf({ lag_ms, p99_ms, bound_ms, state }: SignalView): Piece {
  const cells = (ms: number | null): number =>
    ms === null ? 0 : Math.min(BOUND_AT, Math.ceil((ms / Math.max(1, bound_ms)) * BOUND_AT));
  const solid = cells(lag_ms);
  const light = Math.max(0, cells(p99_ms) - solid);
  const isBeyond = (lag_ms ?? 0) > bound_ms;
  const text = `${"█".repeat(solid)}${"░".repeat(light)}${" ".repeat(BOUND_AT - solid - light)}│${isBeyond ? "▶" : ""}`;
  if (state === "crossed") return red(text);
  return state === "idle" ? dim(text) : green(text);
}

function shown(ms: number | null): Piece {
  return ms === null ? dim("–") : formatDuration(ms);
}

function stateOf({ state, crossed_since_ms }: SignalView, nowMs: number): Piece {
  if (state === "crossed") return red(`crossed since ${formatMoment(crossed_since_ms ?? nowMs, nowMs)}`);
  return state === "idle" ? dim("idle") : green("within");
}
