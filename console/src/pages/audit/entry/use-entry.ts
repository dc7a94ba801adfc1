// One entry of the trail, by its id or a call's. Nothing sealed is opened for it: that would be a reading, and on the trail itself.
import { useQuery } from "@tanstack/react-query";
import type { AuditEntryView, Inclusion } from "../../../../../src/audit/contract.ts";
import { explainError, type Problem } from "../../../api/explain-error.ts";
import { pauseBeforeNextLook } from "../../../page/asking/look-for-entry.ts";
import { useServices } from "../../../page/services.ts";
import { type ReadCall, readCallLeaf } from "./read-call-leaf.ts";

export interface OpenedEntry {
  /** Of a call in a batch: the batch's. */
  entry: AuditEntryView | null;
  /** A call that stands in its entry with others. */
  call: ReadCall | null;
  isPending: boolean;
  problem: Problem | null;
}

export function useEntry(id: string): OpenedEntry {
  const { api } = useServices();
  const found = useQuery({
    queryKey: ["audit", "entry-of", id],
    queryFn: async ({ signal }) => (await api.client.audit.list({ call: id, limit: 1 }, { signal })).entries[0] ?? null,
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data === undefined ? false : pauseBeforeNextLook(data?.index, dataUpdateCount),
  });
  const entry = found.data ?? null;
  const isCall = entry !== null && entry.id !== id;
  const proof = useProof(id, isCall);
  const missing = found.data === null ? unknownEntry(id) : null;
  return {
    entry,
    call: isCall && proof.data?.call ? readCallLeaf(proof.data.call) : null,
    isPending: found.isPending || (isCall && proof.isPending),
    problem: problemOf(found.error) ?? (isCall ? problemOf(proof.error) : null) ?? missing,
  };
}

/** As it was given, kept while the page is: a proof of a larger tree is no better. */
export function useProof(id: string, enabled: boolean) {
  const { api } = useServices();
  return useQuery<Inclusion>({
    queryKey: ["audit", "proof", id],
    queryFn: ({ signal }) => api.client.audit.proof({ id }, { signal }),
    enabled,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

const problemOf = (error: unknown): Problem | null => (error === null ? null : explainError(error));

const unknownEntry = (id: string): Problem => ({
  kind: "missing",
  code: "audit.unknown_entry",
  message: `There is no audit entry “${id}”.`,
  fix: "It may be of another installation. The list shows those that there are.",
});
