// The sessions of one user in the chosen time, those used last first.
import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import type { Activity } from "../../../../../src/ledger/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { Panel } from "../../../components/figures/panel.tsx";
import { quoteValue } from "../../../components/inputs/filter/complete-filter.ts";
import { activityColumns } from "../../../components/records/activity-columns.tsx";
import { boundsOf, type ListSearch } from "../../../components/records/list-search.ts";
import { useRecordList } from "../../../components/records/use-record-list.ts";
import { DataTable } from "../../../components/tables/data-table.tsx";
import { useServices } from "../../../page/services.ts";
import { hrefAt } from "../../../page/address/href-at.ts";

const columns = activityColumns({ head: "Session", counts: "Turns", hasUsers: false });
const keyOf = ({ name }: Activity): string => name;

export function UserSessions({ user, search }: { user: string; search: ListSearch }) {
  const { api } = useServices();
  const router = useRouter();
  const filtered = { ...search, filter: `user:${quoteValue(user)}` };
  const list = useRecordList({ name: ["sessions", "of", user], search: filtered }, async (query, signal) => {
    const { items, next_cursor } = await api.client.sessions.list(query, { signal });
    return { rows: items, next_cursor };
  });
  const hrefOf = useCallback(
    ({ name }: Activity) =>
      hrefAt(router, router.buildLocation({ to: "/sessions/$sessionId", params: { sessionId: name } })),
    [router],
  );
  return (
    <Panel title="Sessions" curl={curlFor(api.origin, "/sessions", boundsOf(filtered, Date.now()))} flush>
      <DataTable
        label={`Sessions of ${user}`}
        {...list.table}
        rowKey={keyOf}
        columns={columns}
        hrefOf={hrefOf}
        empty="None in this time. Calls without a session are among the traces."
      />
    </Panel>
  );
}
