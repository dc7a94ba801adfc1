// A change that the reader asked for: what went wrong with it, and all that is shown of its kind asked anew.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Problem } from "../../api/explain-error.ts";
import { tryChange } from "../../api/try-change.ts";
import { toast } from "../../components/overlays/show-toast.ts";

/** Null when it went well; then `done` is said. */
export type Change = (work: () => Promise<unknown>, done?: string) => Promise<Problem | null>;

/** All questions that begin with `asked` are asked anew after each change; also after one that failed, for somebody else may have been first. */
export function useChange(asked: string): Change {
  const queries = useQueryClient();
  return useCallback(
    async (work, done) => {
      const problem = await tryChange(work);
      await queries.invalidateQueries({ queryKey: [asked] });
      if (problem === null && done !== undefined) toast({ text: done });
      return problem;
    },
    [queries, asked],
  );
}
