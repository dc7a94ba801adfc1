// How the parts of the installation are: processes, database, journal, sums, telemetry, exports and the Observability Boundary's state.
import type { ReactNode } from "react";
import type { Status } from "../../../../../src/interfaces/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { Live } from "../../../components/figures/live.tsx";
import { Age } from "../../../components/figures/moment.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateWord, type StateTone } from "../../../components/figures/state-word.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { formatBytes, formatCount, formatDuration } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { useHouse } from "../../../shell/use-house.ts";

export function Health() {
  const { api } = useServices();
  const { status, unread, lastSeenMs } = useHouse();
  if (status === undefined) return unread === null ? <Loading>Asking.</Loading> : <Notice problem={unread} />;
  return (
    <>
      <Panel
        title="Parts"
        note={<Live updatedAtMs={lastSeenMs} connected={unread === null} />}
        curl={curlFor(api.origin, "/status")}
        flush
      >
        <ul aria-label="Parts of the program">{partsOf(status).map(drawPart)}</ul>
      </Panel>
      <Workers workers={status.workers} />
    </>
  );
}

interface Part {
  name: string;
  tone: StateTone;
  state: string;
  detail: ReactNode;
}

function partsOf({
  ready,
  started_at_ms: startedMs,
  database,
  ledger,
  sums,
  calls,
  boundary,
  telemetry,
}: Status): Part[] {
  const accepted = telemetry.traces.accepted + telemetry.logs.accepted + telemetry.metrics.accepted;
  const rejected = telemetry.traces.rejected + telemetry.logs.rejected + telemetry.metrics.rejected;
  return [
    {
      name: "Server",
      tone: ready ? "ok" : "warn",
      state: ready ? "ready" : "not ready",
      detail: (
        <>
          started <Age ms={startedMs} />
        </>
      ),
    },
    {
      name: "Database",
      tone: database.available ? "ok" : "fail",
      state: database.available ? "answers" : "away; calls go on, and wait in the journal",
      detail: `PostgreSQL ${database.version ?? ""}, ${database.kind}, ${database.address}`,
    },
    {
      name: "Journal",
      tone: ledger.last_error !== null ? "fail" : ledger.lag_ms > 10_000 ? "warn" : "ok",
      state: ledger.last_error ?? `${formatCount(ledger.pending_records)} records wait`,
      detail: `${formatBytes(ledger.journal_bytes)} of ${formatBytes(ledger.journal_max_bytes)}, ${formatDuration(ledger.lag_ms)} behind`,
    },
    {
      name: "Sums",
      tone: sums.last_error === null ? "ok" : "fail",
      state: sums.last_error ?? `${formatCount(sums.waiting_minutes)} minutes wait`,
      detail: `${formatDuration(sums.lag_ms)} behind`,
    },
    {
      name: "Calls",
      tone: calls.in_flight >= calls.max ? "warn" : "ok",
      state: `${formatCount(calls.in_flight)} under way`,
      detail: `of ${formatCount(calls.max)} at once; ${formatCount(calls.waiting)} wait for a place`,
    },
    {
      name: "Observability Boundary",
      tone: boundary.state === "crossed" ? "fail" : "ok",
      state: boundary.state,
      detail: boundary.crossed.map(({ signal }) => signal).join(", "),
    },
    {
      name: "Telemetry in",
      tone: rejected > 0 ? "warn" : "ok",
      state: `${formatCount(accepted)} taken since the start`,
      detail: `${formatCount(rejected)} rejected`,
    },
  ];
}

function drawPart({ name, tone, state, detail }: Part) {
  return (
    <li
      key={name}
      className="grid gap-x-4 border-t border-line px-4 py-1 first:border-t-0 sm:grid-cols-[minmax(10rem,1fr)_minmax(12rem,1.5fr)_minmax(0,3fr)]"
    >
      <span className="max-sm:font-semibold">{name}</span>
      <StateWord tone={tone}>{state}</StateWord>
      <span className="foreign min-w-0 text-soft">{detail}</span>
    </li>
  );
}

function Workers({ workers }: Pick<Status, "workers">) {
  return (
    <Panel title="Processes" note={String(workers.length)} flush>
      <table aria-label="Processes" className="w-full">
        <thead>
          <tr className="text-fine text-soft">
            <th className="py-1 pl-4 text-left font-normal">Process</th>
            <th className="py-1 text-left font-normal">State</th>
            <th className="py-1 text-right font-normal">Calls</th>
            <th className="py-1 text-right font-normal">Restarts</th>
            <th className="py-1 pr-4 text-right font-normal">Memory</th>
          </tr>
        </thead>
        <tbody>
          {workers.map((worker) => (
            <tr key={worker.number} className="border-t border-line">
              <th scope="row" className="py-1 pl-4 text-left font-normal">
                {worker.number}
                {worker.role === "aide" && ", the aide"}
                <span className="text-soft">, pid {worker.pid ?? "none"}</span>
              </th>
              <td className="py-1">
                <StateWord tone={worker.state === "ready" ? "ok" : "warn"}>{worker.state}</StateWord>
              </td>
              <td className="py-1 text-right">{sayCount(worker.calls_in_flight)}</td>
              <td className="py-1 text-right">{formatCount(worker.restarts)}</td>
              <td className="py-1 pr-4 text-right">
                {worker.memory_rss_bytes === null ? "–" : formatBytes(worker.memory_rss_bytes)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

const sayCount = (count: number | null): string => (count === null ? "–" : formatCount(count));
