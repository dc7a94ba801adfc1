// Notices the moment at which an empty record gets its first call.
import { useEffect, useRef, useState } from "react";
import type { CallSummary } from "../../../../src/ledger/contract.ts";
import { isFiltered } from "./feed/call-filter.ts";
import { useFeed } from "./feed/feed-context.ts";

export function useFirstCall(): { call: CallSummary | null; dismiss: () => void } {
  const { loaded, list, problem, filter } = useFeed();
  const wasEmpty = useRef(false);
  const [call, setCall] = useState<CallSummary | null>(null);
  useEffect(() => {
    if (!loaded || problem !== null || isFiltered(filter)) return;
    const newest = list.rows.at(-1);
    if (newest === undefined) wasEmpty.current = true;
    else if (wasEmpty.current) {
      wasEmpty.current = false;
      setCall(newest.call);
    }
  }, [loaded, list, problem, filter]);
  return { call, dismiss: () => setCall(null) };
}
