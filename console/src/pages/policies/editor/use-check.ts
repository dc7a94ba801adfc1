// Holds what is written to the schema while one writes: the server checks it and keeps nothing.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { PolicyView } from "../../../../../src/policy/contract.ts";
import { explainError, type Problem } from "../../../api/explain-error.ts";
import { useServices } from "../../../page/services.ts";
import type { Files } from "./edit-files.ts";

const pauseMs = 500;

export interface Check {
  policies: readonly PolicyView[] | undefined;
  problem: Problem | null;
  /** What is on the page is not the text that was checked. */
  isBehind: boolean;
}

export function useCheck(files: Files, isOn: boolean): Check {
  const { api } = useServices();
  const settled = usePaused(files);
  const asked = useQuery({
    queryKey: ["policies-check", settled],
    queryFn: ({ signal }) => api.client.policies.propose({ files: [...settled], dry_run: true }, { signal }),
    enabled: isOn,
    retry: false,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  return {
    policies: asked.isError ? undefined : asked.data?.policies,
    problem: asked.error === null ? null : explainError(asked.error),
    isBehind: settled !== files || asked.isFetching,
  };
}

/** The value once it has rested. */
function usePaused(value: Files): Files {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
