// Messages about alerts: those that wait, were sent, or were given up; these can be tried again.
import { useChange } from "../../../page/asking/use-change.ts";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { DeliveryView } from "../../../../../src/alerts/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { Age, Moment } from "../../../components/figures/moment.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { type StateTone, StateWord } from "../../../components/figures/state-word.tsx";
import { toast } from "../../../components/overlays/show-toast.ts";
import { Button } from "../../../components/parts/button.tsx";
import { Segmented } from "../../../components/parts/segmented.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { useInfiniteRows } from "../../../components/tables/use-infinite-rows.tsx";
import { useMayDo, useServices } from "../../../page/services.ts";

const route = getRouteApi("/alerts");
const keyOf = ({ id }: DeliveryView): string => id;
const tones: Record<DeliveryView["state"], StateTone> = { waiting: "off", sent: "ok", dead: "fail" };
const words: Record<DeliveryView["state"], string> = { waiting: "waits", sent: "sent", dead: "given up" };
const states = ["all", "waiting", "sent", "dead"] as const;

const columns: Column<DeliveryView>[] = [
  {
    id: "state",
    head: "State",
    width: "6.5rem",
    cell: ({ state }) => <StateWord tone={tones[state]}>{words[state]}</StateWord>,
  },
  { id: "channel", head: "To", width: "minmax(6rem, 1fr)", priority: 1, cell: ({ channel }) => channel },
  {
    id: "about",
    head: "About",
    width: "minmax(8rem, 1fr)",
    cell: ({ firing, resolved }) =>
      [firing > 0 && `${firing} firing`, resolved > 0 && `${resolved} resolved`].filter(Boolean).join(", "),
  },
  { id: "made", head: "Made", width: "9rem", priority: 1, cell: ({ created_at_ms: ms }) => <Moment ms={ms} /> },
  { id: "attempts", head: "Tries", align: "end", width: "4rem", cell: ({ attempts }) => attempts },
  {
    id: "next",
    head: "Next",
    width: "6rem",
    priority: 3,
    cell: ({ next_at_ms: ms }) => (ms === null ? "–" : <Age ms={ms} />),
  },
  {
    id: "answer",
    head: "The receiver said",
    width: "minmax(9rem, 2fr)",
    cell: ({ last_status: status, last_error: error }) => (
      <bdi title={error ?? undefined}>{[status, error].filter((each) => each !== null).join(" ") || "–"}</bdi>
    ),
  },
];

export function Deliveries() {
  const { api } = useServices();
  const { state } = route.useSearch();
  const navigate = useNavigate();
  const change = useChange("alerts");
  const mayRetry = useMayDo("alerts.deliveries.retry");
  const list = useInfiniteRows(
    ["alerts", "deliveries", state],
    async (cursor, signal) => {
      const query = { limit: 50, ...(state !== undefined && { state }), ...(cursor !== undefined && { cursor }) };
      const { deliveries, next_cursor } = await api.client.alerts.deliveries.list(query, { signal });
      return { rows: deliveries, next_cursor };
    },
    { refetchInterval: 10_000 },
  );
  const actions = useMemo(() => {
    const retry = async (id: string): Promise<void> => {
      const problem = await change(() => api.client.alerts.deliveries.retry({ id }), "It is tried again.");
      if (problem !== null) toast({ text: `${problem.message} ${problem.fix}`, tone: "fail" });
    };
    return ({ id, state: is }: DeliveryView) =>
      is === "dead" ? <Button onClick={() => void retry(id)}>Try again</Button> : null;
  }, [api, change]);
  return (
    <Panel
      title="Messages"
      note="newest first, kept for a week"
      flush
      curl={curlFor(api.origin, "/alerts/deliveries", { state })}
      aside={
        <Segmented
          label="Messages that"
          value={state ?? "all"}
          onChange={(chosen) =>
            void navigate({
              to: "/alerts",
              search: { tab: "channels", state: chosen === "all" ? undefined : chosen },
              replace: true,
            })
          }
          options={states.map((each) => ({ value: each, label: each === "all" ? "all" : words[each] }))}
        />
      }
    >
      <DataTable
        label="Messages"
        {...list.table}
        rowKey={keyOf}
        columns={columns}
        density="roomy"
        {...(mayRetry && { actions, actionsWidth: "5.5rem" })}
        empty={state === undefined ? "Nothing was sent in the last week." : "No message is in this state."}
      />
    </Panel>
  );
}
