// The keys of an organisation as rows: the newest of them, and those beyond that the server finds.
import { useMemo } from "react";
import { explainError } from "../../api/explain-error.ts";
import { useBudgets, useFoundKeys, useKeys } from "../../components/access/use-access.ts";
import { useAddress } from "./address.ts";
import { rowsOf } from "./key-rows.ts";

export function useKeyRows() {
  const { organisation, find, open } = useAddress();
  const keys = useKeys(organisation);
  const budgets = useBudgets(organisation);
  const newest = keys.data?.rows;
  const isCut = keys.data?.isCut === true;
  const isBeyond = isCut && open !== null && newest?.some(({ id }) => id === open) === false;
  const found = useFoundKeys(organisation, isCut ? find.trim() : "");
  const opened = useFoundKeys(organisation, isBeyond ? open : "");
  const rows = useMemo(() => {
    const all = [...(newest ?? []), ...(found.data?.rows ?? []), ...(opened.data?.rows ?? [])];
    const each = new Map(all.map((key) => [key.id, key]));
    return rowsOf([...each.values()], budgets.data?.rows ?? [], Date.now());
  }, [newest, found.data, opened.data, budgets.data]);
  const error = keys.error ?? found.error;
  return {
    rows,
    /** There are more keys than rows. */
    isCut,
    /** Rows that are looked for may still come. */
    isLooking: found.isLoading,
    /** More are found than there are rows. */
    isFoundCut: isCut && (find.trim() === "" || found.data?.isCut === true),
    isPending: keys.isPending,
    problem: error === null ? null : explainError(error),
  };
}
