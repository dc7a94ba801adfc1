// The state of the installation, as instruments side by side.
import type { Status } from "../../../../../src/interfaces/contract.ts";
import { formatBytes, formatCount, formatDuration } from "../../../format/figures.ts";
import type { Problem } from "../../../api/explain-error.ts";
import { Reading, type ReadingState } from "./reading.tsx";
import { wordFor } from "../../../shell/navigation/state-in-a-word.tsx";

/** Beyond this a record's way into the database is no longer a matter of one batch. */
const lagWarnMs = 10_000;

export function Readings({ status, unread }: { status: Status | undefined; unread: Problem | null }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-3 lg:flex">
      {/* An instrument without a signal shows nothing rather than its last reading. */}
      {unread !== null && (
        <Reading name="Server" state="bad">
          {wordFor(unread)}
        </Reading>
      )}
      {unread === null && status !== undefined && <LiveReadings status={status} />}
    </dl>
  );
}

function LiveReadings({ status }: { status: Status }) {
  const { database, ledger, calls, vendors } = status;
  const journal = `${formatBytes(ledger.journal_bytes)} of ${formatBytes(ledger.journal_max_bytes)} in use`;
  const found = vendors.map((vendor) => `${vendor.name}: ${vendor.found_by}`).join("\n");
  return (
    <>
      <Reading
        name="Server"
        state={status.ready ? "good" : "warn"}
        detail={`${status.runtime}, process ${status.pid}, ${formatBytes(status.memory_rss_bytes)} of memory`}
      >
        {status.ready ? "Ready" : "Not ready"}
      </Reading>
      <Reading
        name="Database"
        state={database.available ? "good" : "warn"}
        detail={`${database.kind}, ${database.address}`}
      >
        {database.available ? `PostgreSQL ${database.version ?? ""}` : "Away, calls go on"}
      </Reading>
      <Reading name="Journal lag" state={lagState(status)} detail={ledger.last_error ?? journal}>
        {formatDuration(ledger.lag_ms)}
        {ledger.lag_ms > lagWarnMs && `, ${formatCount(ledger.pending_records)} waiting`}
      </Reading>
      <Reading name="In flight" state={calls.in_flight >= calls.max ? "warn" : "none"}>
        {formatCount(calls.in_flight)} <span className="text-soft">of {formatCount(calls.max)}</span>
      </Reading>
      <Reading name={vendors.length === 1 ? "1 vendor" : `${vendors.length} vendors`} detail={found}>
        {vendors.length === 0 ? "none found" : vendors.map((vendor) => vendor.name).join(", ")}
      </Reading>
    </>
  );
}

function lagState({ ledger }: Status): ReadingState {
  if (ledger.journal_bytes > ledger.journal_max_bytes * 0.8) return "bad";
  return ledger.lag_ms > lagWarnMs ? "warn" : "none";
}
