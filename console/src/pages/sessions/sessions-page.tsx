// Sessions, those used last first: who talked, how long, and at what cost.
import { getRouteApi, useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { Activity } from "../../../../src/ledger/contract.ts";
import { Empty } from "../../components/frame/empty.tsx";
import { activityColumns } from "../../components/records/activity-columns.tsx";
import type { ListSearch } from "../../components/records/list-search.ts";
import { RecordPage } from "../../components/records/record-page.tsx";
import { useRecordList } from "../../components/records/use-record-list.ts";
import { valuesOfActivity } from "../../components/records/values-at-hand.ts";
import { useServices } from "../../page/services.ts";
import { hrefAt } from "../../page/address/href-at.ts";

const route = getRouteApi("/sessions");
const keyOf = ({ name }: Activity): string => name;
const columns = activityColumns({ head: "Session", counts: "Turns", hasUsers: true });

export function SessionsPage() {
  const { api } = useServices();
  const search = route.useSearch();
  const navigate = useNavigate();
  const router = useRouter();
  const list = useRecordList({ name: ["sessions"], search }, async (query, signal) => {
    const { items, next_cursor } = await api.client.sessions.list(query, { signal });
    return { rows: items, next_cursor };
  });
  const valuesOf = useMemo(() => valuesOfActivity("session", list.rows), [list.rows]);
  const change = (next: ListSearch): void =>
    void navigate({ to: "/sessions", search: { ...search, ...next }, replace: true });
  const hrefOf = useCallback(
    ({ name }: Activity) =>
      hrefAt(router, router.buildLocation({ to: "/sessions/$sessionId", params: { sessionId: name } })),
    [router],
  );
  return (
    <RecordPage
      title="Sessions"
      list={list}
      rowKey={keyOf}
      columns={columns}
      hrefOf={hrefOf}
      search={search}
      onSearch={change}
      example="user:ann AND cost:>0.01"
      valuesOf={valuesOf}
      path="/sessions"
      empty={
        search.filter === undefined ? (
          <Empty
            title="No sessions in this time"
            code={`curl ${location.origin}/v1/chat/completions -H "Authorization: Bearer $BINNACLE_KEY" \\\n  -H 'x-binnacle-session: chat-42' -H 'content-type: application/json' \\\n  -d '{"model":"sim/sim-small","messages":[{"role":"user","content":"Hello"}]}'`}
          >
            A session is what calls and spans name as one: send the header x-binnacle-session with each call of a
            conversation, or session.id with your spans.
          </Empty>
        ) : (
          "No session in this time passes the filter."
        )
      }
    />
  );
}
