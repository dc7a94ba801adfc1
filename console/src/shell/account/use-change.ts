// A change that was asked for: whether it is under way, and why it failed.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Problem } from "../../api/explain-error.ts";
import { explainPasskey } from "../../api/session.ts";

/** Asks `queryKey` anew after each change. */
export function useChange(queryKey: string) {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const change = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    try {
      await work();
      setProblem(null);
      return true;
    } catch (error) {
      setProblem(explainPasskey(error));
      return false;
    } finally {
      setBusy(false);
      await queries.invalidateQueries({ queryKey: [queryKey] });
    }
  };
  return { problem, busy, change };
}
