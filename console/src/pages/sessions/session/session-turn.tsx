// One turn of a session: what was asked and answered, and the calls that it took. Beginnings are shown at once, the whole on request.
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { RecordSummary, Turn } from "../../../../../src/ledger/contract.ts";
import { Moment } from "../../../components/figures/moment.tsx";
import { Money } from "../../../components/figures/money.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { AnyOutcome } from "../../../components/records/any-outcome.tsx";
import { FailedCount } from "../../../components/records/activity-columns.tsx";
import { formatCount, formatDuration } from "../../../format/figures.ts";
import { WholeExchange } from "./whole-exchange.tsx";

export function SessionTurn({ turn, place }: { turn: Turn; place: number }) {
  const [isWhole, setIsWhole] = useState(false);
  const last = turn.calls.at(-1);
  return (
    <li className="rounded-md border border-line bg-sheet">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b border-line px-4 py-1.5">
        <h2 className="text-read font-semibold">Turn {formatCount(place)}</h2>
        <span className="text-soft">
          <Moment ms={turn.started_at_ms} />
        </span>
        <span>{formatDuration(turn.duration_ms)}</span>
        <span>
          <Money micros={turn.cost_usd_micros} />
        </span>
        {turn.failed > 0 && (
          <span>
            <FailedCount count={turn.failed} /> not ok
          </span>
        )}
        {turn.trace_id !== null && (
          <Link
            to="/traces/$traceId"
            params={{ traceId: turn.trace_id }}
            className="ml-auto text-pen underline underline-offset-2"
          >
            {turn.records === 1 ? "Trace" : `Trace of ${formatCount(turn.records)} records`}
          </Link>
        )}
      </div>
      <div className="grid gap-2 px-4 py-3">
        {isWhole && last !== undefined ? (
          <WholeExchange record={last} />
        ) : (
          <>
            <Preview role="user" text={turn.request_preview} />
            <Preview role="assistant" text={turn.response_preview} />
          </>
        )}
        {last !== undefined && (
          <p>
            <Button kind="bare" className="-ml-1" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
              {isWhole ? "Only the beginnings" : "The whole exchange"}
            </Button>
          </p>
        )}
      </div>
      {turn.calls.length > 0 && <Calls calls={turn.calls} />}
    </li>
  );
}

/** Beginnings that are as long as the API gives them go on. */
const previewMost = 200;

function Preview({ role, text }: { role: "user" | "assistant"; text: string | null }) {
  const look = role === "user" ? "bg-shoal sm:ml-8" : "ring-1 ring-line ring-inset sm:mr-8";
  return (
    <div className={`min-w-0 rounded-md px-3 py-2 ${look}`}>
      <p className="mb-0.5 text-fine font-semibold">{role}</p>
      {text === null ? (
        <p className="text-soft">{role === "user" ? "What was asked is not kept." : "No answer."}</p>
      ) : (
        <p className="foreign text-read" dir="auto">
          {text}
          {text.length >= previewMost && <span className="text-soft"> …</span>}
        </p>
      )}
    </div>
  );
}

const heads = [
  ["Model", "py-1 pl-4 text-left"],
  ["Outcome", "w-28 px-2 text-left max-sm:w-22"],
  ["Took", "w-24 px-2 text-right max-sm:w-18"],
  ["Tokens in → out", "w-36 px-2 text-right max-sm:hidden"],
  ["Cost, USD", "w-28 pr-4 text-right max-sm:w-24"],
] as const;

/** The API names as many as twenty; the trace has them all. */
function Calls({ calls }: { calls: readonly RecordSummary[] }) {
  return (
    <table aria-label="Calls of the turn" className="w-full table-fixed border-t border-line">
      <thead className="text-fine text-soft [&_th]:font-normal">
        <tr>
          {heads.map(([head, width]) => (
            <th key={head} scope="col" className={width}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <tr key={call.id} className="border-t border-line">
            <td className="py-1 pl-4">
              <CallLink call={call} />
            </td>
            <td className="px-2 py-1">
              <AnyOutcome outcome={call.outcome} />
            </td>
            <td className="px-2 py-1 text-right whitespace-nowrap">
              {call.duration_ms === null ? "–" : formatDuration(call.duration_ms)}
            </td>
            <td className="px-2 py-1 text-right whitespace-nowrap max-sm:hidden">
              {call.tokens === null ? "–" : `${formatCount(call.tokens.input)} → ${formatCount(call.tokens.output)}`}
            </td>
            <td className="py-1 pr-4 text-right whitespace-nowrap">
              <Money micros={call.cost_usd_micros} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ModelOf({ call: { model, answer_model: answered, name, kind } }: { call: RecordSummary }) {
  const asked = <bdi>{model ?? name ?? kind}</bdi>;
  if (answered === null || answered === model) return asked;
  return (
    <>
      {asked} → <bdi>{answered}</bdi>
    </>
  );
}

/** A call through this gateway has a record of its own; what a program reports stands in its trace. */
function CallLink({ call }: { call: RecordSummary }) {
  const name = <ModelOf call={call} />;
  const look = "text-pen underline underline-offset-2 foreign";
  if (call.own)
    return (
      <Link to="/calls/{-$callId}" params={{ callId: call.id }} className={look}>
        {name}
      </Link>
    );
  if (call.trace_id === null) return name;
  return (
    <Link to="/traces/$traceId" params={{ traceId: call.trace_id }} search={{ span: call.id }} className={look}>
      {name}
    </Link>
  );
}
