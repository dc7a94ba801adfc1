// The record of a call that was just made: it can be read a moment after the answer has ended.
import { useQuery } from "@tanstack/react-query";
import type { CallDetail } from "../../../../src/ledger/contract.ts";
import { explainError } from "../../api/explain-error.ts";
import { useServices } from "../services.ts";

/** Two minutes: on a busy machine it takes as long as it takes. */
const looksMax = 70;
const oftenMax = 12;

/** Undefined until it is there, and for readers who may not see it. */
export function useRecordedCall(callId: string | null | undefined, hasEnded: boolean): CallDetail | undefined {
  const { api, session } = useServices();
  const { data } = useQuery({
    queryKey: ["calls", "get", callId],
    queryFn: ({ signal }) => api.client.calls.get({ id: callId ?? "" }, { signal }),
    enabled: hasEnded && typeof callId === "string" && session.sees.records !== "nothing",
    staleTime: Infinity,
    retry: (looks, error) => looks < looksMax && explainError(error).kind === "missing",
    retryDelay: (looks) => (looks < oftenMax ? 250 : 2000),
  });
  return data;
}
