// `status`: the running server at a glance.
import { formatDuration } from "../../../kernel/index.ts";
import type { Status } from "../../contract.ts";
import type { Cli } from "../cli.ts";
import { connect } from "../connect.ts";
import { formatExactly } from "../terminal/moment.ts";
import { dotted, fact, indented } from "../terminal/page.ts";
import { bold, dim, green, type Line, red, yellow } from "../terminal/style.ts";
import { formatBytes } from "../terminal/bytes.ts";

/** A minute that is just over settles first. */
const SUMS_LAG_USUAL_MS = 60_000;

export async function showStatus(cli: Cli): Promise<void> {
  const { output } = cli;
  const status = await connect(cli).api.status();
  if (output.isJson) return output.json(status);
  output.lines(describeStatus(status));
}

function describeStatus(status: Status): Line[] {
  const { database, ledger, calls, telemetry, vendors } = status;
  return [
    [bold("Binnacle "), status.version, "  ", status.ready ? green("ready") : red("not ready")],
    fact("Address", status.url),
    fact(
      "Process",
      ...dotted(`pid ${status.pid}`, status.runtime, `${formatBytes(status.memory_rss_bytes)} of memory`),
    ),
    ...describeWorkers(status),
    fact("Started", formatExactly(status.started_at_ms)),
    fact(
      "Database",
      ...dotted(
        database.available ? green("available") : red("away"),
        `PostgreSQL ${database.version ?? ""}`.trim(),
        database.kind,
        database.address,
      ),
    ),
    fact("Journal", ...describeJournal(ledger)),
    fact("Sums", ...describeSums(status.sums)),
    fact(
      "Calls",
      `${calls.in_flight} in flight, at most ${calls.max}${calls.waiting > 0 ? `; ${calls.waiting} wait` : ""}`,
    ),
    fact("Boundary", ...describeBoundary(status.boundary)),
    ...describeTelemetry(telemetry),
    ...vendors.map((vendor, index) =>
      fact(index === 0 ? "Vendors" : "", ...dotted(vendor.name, vendor.base_url, dim(vendor.found_by))),
    ),
    ...(ledger.last_error === null ? [] : [[yellow("The journal's last error:")], ...indented(ledger.last_error)]),
  ];
}

function describeSums({ waiting_minutes, lag_ms, last_error }: Status["sums"]): Line {
  if (last_error !== null) return [yellow(`not made now, and read from the records: ${last_error}`)];
  if (lag_ms < SUMS_LAG_USUAL_MS) return [green("up to date")];
  return [`${waiting_minutes} minutes wait, the oldest for ${formatDuration(lag_ms)}; they are read from the records`];
}

function describeBoundary({ state, crossed }: Status["boundary"]): Line {
  if (state !== "crossed") return [state === "idle" ? dim("idle") : green("every signal can be acted on in time")];
  return dotted(
    ...crossed.map(({ signal, lag_ms, bound_ms }) =>
      red(`${signal} ${formatDuration(lag_ms ?? 0)}, bound ${formatDuration(bound_ms)}`),
    ),
  );
}

/** One process alone is described above. */
function describeWorkers({ workers }: Status): Line[] {
  if (workers.length < 2) return [];
  return workers.map((worker, index) => fact(index === 0 ? "Workers" : "", ...describeWorker(worker)));
}

function describeWorker(worker: Status["workers"][number]): Line {
  const { number, role, pid, state, restarts, calls_in_flight, pending_records, memory_rss_bytes } = worker;
  return dotted(
    role === "aide" ? `${number}, the aide` : `${number}`,
    state === "ready" ? green(state) : red(state),
    ...(pid === null ? [] : [`pid ${pid}`]),
    ...(calls_in_flight === null || role === "aide" ? [] : [`${calls_in_flight} in flight`]),
    ...(pending_records === null ? [] : [`${pending_records} records wait`]),
    ...(memory_rss_bytes === null ? [] : [formatBytes(memory_rss_bytes)]),
    ...(restarts === 0 ? [] : [yellow(`started again ${restarts} ×`)]),
  );
}

function describeJournal(ledger: Status["ledger"]): Line {
  const space = `${formatBytes(ledger.journal_bytes)} of ${formatBytes(ledger.journal_max_bytes)}`;
  if (ledger.pending_records === 0) return dotted(green("all in the database"), space);
  return dotted(`${ledger.pending_records} records wait`, `the oldest for ${formatDuration(ledger.lag_ms)}`, space);
}

/** Nothing where no program has sent any. */
function describeTelemetry({ traces, logs, metrics }: Status["telemetry"]): Line[] {
  const all = [traces, logs, metrics];
  const sumOf = (of: keyof typeof traces): number => all.reduce((sum, counts) => sum + counts[of], 0);
  const [rejected, turnedAway] = [sumOf("rejected"), sumOf("turned_away_requests")];
  if (sumOf("accepted") + rejected + turnedAway === 0) return [];
  return [
    fact(
      "Telemetry",
      ...dotted(
        `${traces.accepted} spans`,
        `${logs.accepted} logs`,
        `${metrics.accepted} points of metrics`,
        ...(rejected === 0 ? [] : [yellow(`${rejected} rejected`)]),
        ...(turnedAway === 0 ? [] : [yellow(`${turnedAway} × asked to come again`)]),
      ),
    ),
  ];
}
