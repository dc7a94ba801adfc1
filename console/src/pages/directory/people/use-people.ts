// People of the installation, with how they sign in. Those of other organisations come by keys.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Person } from "../../../../../src/identity/contract.ts";
import { explainError } from "../../../api/explain-error.ts";
import { pageSize, readAll } from "../../../components/access/read-all.ts";
import { accessQuery, useEntries } from "../../../components/access/use-access.ts";
import { useServices } from "../../../page/services.ts";
import { personRowsOf } from "./person-rows.ts";

const everyMs = 15_000;

export function usePeople(organisation: string) {
  const { api } = useServices();
  const users = useEntries("users", organisation);
  const people = useQuery({
    queryKey: [accessQuery, "people"],
    queryFn: ({ signal }) =>
      readAll<Person>(async (cursor) => {
        const page = await api.client.people.list({ limit: pageSize, cursor }, { signal });
        return { rows: page.people, next_cursor: page.next_cursor };
      }),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  });
  const rows = useMemo(
    () =>
      users.data === undefined || people.data === undefined ? [] : personRowsOf(users.data.rows, people.data.rows),
    [users.data, people.data],
  );
  const failed = users.error ?? people.error;
  return {
    rows,
    isPending: users.isPending || people.isPending,
    isCut: users.data?.isCut === true || people.data?.isCut === true,
    problem: failed === null ? null : explainError(failed),
  };
}
