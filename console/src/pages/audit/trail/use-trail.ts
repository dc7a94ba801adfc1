// The entries that the address asks for, newest first, page by page.
import type { AuditEntryView } from "../../../../../src/audit/contract.ts";
import { type InfiniteRows, useInfiniteRows } from "../../../components/tables/use-infinite-rows.tsx";
import { useServices } from "../../../page/services.ts";
import { filterOf, useAddress } from "../address.ts";

const pageRows = 100;
const refreshMs = 10_000;

/** Asked again every few seconds while one page of it is shown. The same question is asked once, whoever needs its answer. */
export function useTrail(): InfiniteRows<AuditEntryView> {
  const { api } = useServices();
  const { search } = useAddress();
  const { open: _open, tab: _tab, ...narrowing } = search;
  return useInfiniteRows(
    ["audit", "entries", narrowing],
    async (cursor, signal) => {
      const query = { ...filterOf(search, Date.now()), limit: pageRows, ...(cursor !== undefined && { cursor }) };
      const { entries, next_cursor } = await api.client.audit.list(query, { signal });
      return { rows: entries, next_cursor };
    },
    { refetchInterval: search.range === "custom" ? false : refreshMs },
  );
}
