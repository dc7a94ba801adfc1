// Users by what they did, those active last first: as calls and spans name them, whether the directory knows them or not.
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

const route = getRouteApi("/users");
const keyOf = ({ name }: Activity): string => name;
const columns = activityColumns({ head: "User", counts: "Traces", hasUsers: false });

export function UsersPage() {
  const { api } = useServices();
  const search = route.useSearch();
  const navigate = useNavigate();
  const router = useRouter();
  const list = useRecordList({ name: ["activity", "users"], search }, async (query, signal) => {
    const { items, next_cursor } = await api.client.activity.users(query, { signal });
    return { rows: items, next_cursor };
  });
  const valuesOf = useMemo(() => valuesOfActivity("user", list.rows), [list.rows]);
  const change = (next: ListSearch): void =>
    void navigate({ to: "/users", search: { ...search, ...next }, replace: true });
  const hrefOf = useCallback(
    ({ name }: Activity) => hrefAt(router, router.buildLocation({ to: "/users/$user", params: { user: name } })),
    [router],
  );
  return (
    <RecordPage
      title="Users"
      list={list}
      rowKey={keyOf}
      columns={columns}
      hrefOf={hrefOf}
      search={search}
      onSearch={change}
      example="team:support AND NOT outcome:ok"
      valuesOf={valuesOf}
      path="/activity/users"
      empty={
        search.filter === undefined ? (
          <Empty
            title="No users in this time"
            code={`curl ${location.origin}/v1/chat/completions -H "Authorization: Bearer $BINNACLE_KEY" \\\n  -H 'x-binnacle-user: ann' -H 'content-type: application/json' \\\n  -d '{"model":"sim/sim-small","messages":[{"role":"user","content":"Hello"}]}'`}
          >
            A user is whom calls and spans name: send the header x-binnacle-user with each call, or user.id with your
            spans. Keys of a user of the directory say so by themselves.
          </Empty>
        ) : (
          "No user in this time passes the filter."
        )
      }
    />
  );
}
