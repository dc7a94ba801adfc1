// One session as a conversation, turn by turn, with what each turn came to; read again every few seconds while it goes on.
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import type { SessionDetail } from "../../../../../src/ledger/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Live } from "../../../components/figures/live.tsx";
import { Age, Moment } from "../../../components/figures/moment.tsx";
import { Money } from "../../../components/figures/money.tsx";
import { Page } from "../../../components/frame/page.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { formatCount } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { SessionTurn } from "./session-turn.tsx";

const route = getRouteApi("/sessions/$sessionId");
const liveMs = 4000;
/** A session that rested for as long as this is looked at less often. */
const restedMs = 10 * 60_000;
const seldomMs = 30_000;
const turnsFirst = 30;

export function SessionPage() {
  const { api } = useServices();
  const { sessionId } = route.useParams();
  const asked = useQuery({
    queryKey: ["session", sessionId],
    queryFn: ({ signal }) => api.client.sessions.get({ id: sessionId }, { signal }),
    refetchInterval: ({ state }) =>
      state.data !== undefined && Date.now() - state.data.totals.ended_at_ms > restedMs ? seldomMs : liveMs,
  });
  const session = asked.data;
  return (
    <Page
      title={`Session: ${sessionId}`}
      actions={
        <>
          <Live updatedAtMs={asked.dataUpdatedAt || null} connected={!asked.isError} />
          <CopyButton
            text={curlFor(api.origin, `/sessions/${encodeURIComponent(sessionId)}`)}
            label="the curl command for this session"
            word="curl"
          />
          <Link to="/sessions" className="text-pen underline underline-offset-2">
            All sessions
          </Link>
        </>
      }
      toolbar={session === undefined ? undefined : <Totals session={session} />}
    >
      {asked.isError && session === undefined && <Notice problem={explainError(asked.error)} />}
      {asked.isPending && <Loading>Reading the session.</Loading>}
      {session !== undefined && <Turns session={session} />}
    </Page>
  );
}

function Totals({ session: { totals, turns, truncated } }: { session: SessionDetail }) {
  const users = [...new Set(turns.flatMap(({ calls }) => calls.flatMap(({ user }) => user ?? [])))];
  const all = [
    ["Turns", `${formatCount(turns.length)}${truncated ? "+" : ""}`],
    ["Calls", formatCount(totals.calls)],
    ["Failed", formatCount(totals.failed)],
    ["Tokens", `${formatCount(totals.tokens.input)} → ${formatCount(totals.tokens.output)}`],
    ["Cost", <Money key="cost" micros={totals.cost_usd_micros} />],
    ["Began", <Moment key="began" ms={totals.started_at_ms} />],
    ["Last used", <Age key="last" ms={totals.ended_at_ms} />],
  ] as const;
  return (
    <dl aria-label="What the session came to" className="flex flex-wrap gap-x-5 gap-y-1">
      {all.map(([name, value]) => (
        <div key={name} className="flex items-baseline gap-1.5">
          <dt className="text-fine text-soft">{name}</dt>
          <dd className="font-semibold">{value}</dd>
        </div>
      ))}
      {users.length > 0 && (
        <div className="flex items-baseline gap-1.5">
          <dt className="text-fine text-soft">User</dt>
          <dd className="flex flex-wrap gap-x-2">
            {users.map((user) => (
              <Link key={user} to="/users/$user" params={{ user }} className="text-pen underline underline-offset-2">
                <bdi>{user}</bdi>
              </Link>
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}

/** The latest turns; earlier ones on request. */
function Turns({ session: { turns, truncated } }: { session: SessionDetail }) {
  const [shown, setShown] = useState(turnsFirst);
  const hidden = Math.max(0, turns.length - shown);
  return (
    <div className="mx-auto grid w-full max-w-4xl gap-4">
      {hidden > 0 && (
        <p>
          <Button kind="bare" className="-ml-1" onClick={() => setShown(shown + turnsFirst)}>
            Show {formatCount(Math.min(hidden, turnsFirst))} of {formatCount(hidden)} earlier turns
          </Button>
        </p>
      )}
      <ol aria-label="Turns" className="grid gap-4">
        {turns.slice(hidden).map((turn, index) => (
          <SessionTurn key={turn.trace_id ?? `${turn.started_at_ms}`} turn={turn} place={hidden + index + 1} />
        ))}
      </ol>
      {truncated && (
        <p className="text-soft">This session has more records than are read at once: these are its earliest.</p>
      )}
    </div>
  );
}
