// What was refused lately, and why: in the words that the callers were given.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { curlFor } from "../../api/curl.ts";
import { explainError } from "../../api/explain-error.ts";
import { Age } from "../../components/figures/moment.tsx";
import { Panel } from "../../components/figures/panel.tsx";
import { useServices } from "../../page/services.ts";
import { groupRefusals } from "./group-refusals.ts";

const parameters = { outcome: "refused", limit: 100 } as const;
const shownMax = 8;

export function RefusalsPanel() {
  const { api } = useServices();
  const asked = useQuery({
    queryKey: ["helm", "refusals"],
    queryFn: ({ signal }) => api.client.calls.list(parameters, { signal }),
    refetchInterval: 5000,
    placeholderData: keepPreviousData,
  });
  const refusals = useMemo(() => groupRefusals(asked.data?.calls ?? []), [asked.data]);
  return (
    <Panel
      title="Refused lately"
      curl={curlFor(api.origin, "/calls", parameters)}
      aside={
        <Link
          to="/calls/{-$callId}"
          params={{ callId: undefined }}
          search={{ outcome: "refused" }}
          className="mr-2 text-fine text-pen underline underline-offset-2"
        >
          All refusals
        </Link>
      }
      problem={asked.isError && asked.data === undefined ? explainError(asked.error) : null}
      flush
    >
      {asked.data !== undefined && refusals.length === 0 && (
        <p className="px-4 pb-3 text-soft">Nothing was refused in the last 7 days.</p>
      )}
      <ul>
        {refusals.slice(0, shownMax).map(({ call, reason, count }) => (
          <li key={call.id} className="border-t border-line">
            <Link
              to="/calls/{-$callId}"
              params={{ callId: call.id }}
              className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-4 py-1.5 -outline-offset-2 hover:bg-shoal"
            >
              <span className="foreign line-clamp-2">{reason}</span>
              <span className="text-right text-fine leading-5 text-soft">
                <Age ms={call.started_at_ms} />
              </span>
              <span className="foreign truncate text-fine text-soft">
                {call.who.key_name}, {call.model}
                {count > 1 && `, ${count} times`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
