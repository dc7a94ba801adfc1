// Changes of who is in the house, and taking them back.
import { useCallback } from "react";
import { type Change, useChange as useChangeOf } from "../../page/asking/use-change.ts";
import { accessQuery } from "./use-access.ts";

export const useChange = (): Change => useChangeOf(accessQuery);

/** For what a toast takes back: it tells of what is thrown. */
export function useUndo(): (work: () => Promise<unknown>) => () => Promise<void> {
  const change = useChange();
  return useCallback(
    (work) => async () => {
      const problem = await change(work);
      if (problem !== null) throw new Error(`${problem.message} ${problem.fix}`);
    },
    [change],
  );
}
