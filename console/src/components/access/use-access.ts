// Who is in an organisation, with what keys, under what caps: what the directory and the keys are drawn from.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { BudgetView, Entry, Key } from "../../../../src/governance/contract.ts";
import { useMay, useServices } from "../../page/services.ts";
import { pageSize, readAll } from "./read-all.ts";

/** All that is asked here stands under this; a change asks for all of it anew. */
export const accessQuery = "access";

const listsEveryMs = 30_000;
const capsEveryMs = 10_000;

type Kind = "teams" | "projects" | "users" | "organisations";

export function useEntries(kind: Kind, organisation: string, enabled = true) {
  const { api } = useServices();
  const may = useMay("read_directory");
  return useQuery({
    queryKey: [accessQuery, kind, organisation],
    queryFn: ({ signal }) =>
      readAll<Entry>(async (cursor) => {
        // Organisations are the installation's, whichever of them is looked at.
        const of = kind === "organisations" ? {} : { organisation };
        const page = await api.client[kind].list({ limit: pageSize, cursor, ...of }, { signal });
        return { rows: page.entries, next_cursor: page.next_cursor };
      }),
    enabled: enabled && may,
    placeholderData: keepPreviousData,
    refetchInterval: listsEveryMs,
  });
}

export function useKeys(organisation: string) {
  const { api } = useServices();
  const may = useMay("read_keys");
  return useQuery({
    queryKey: [accessQuery, "keys", organisation],
    queryFn: ({ signal }) =>
      readAll<Key>(async (cursor) => {
        const page = await api.client.keys.list({ limit: pageSize, cursor, organisation }, { signal });
        return { rows: page.keys, next_cursor: page.next_cursor };
      }),
    enabled: may,
    placeholderData: keepPreviousData,
    refetchInterval: listsEveryMs,
  });
}

/** For a word that is still being typed. */
const typingMs = 250;

/** Keys that the server finds, where there are more than `useKeys` reads; nothing is asked for an empty word. */
export function useFoundKeys(organisation: string, find: string) {
  const { api } = useServices();
  const may = useMay("read_keys");
  return useQuery({
    queryKey: [accessQuery, "keys", organisation, find],
    queryFn: async ({ signal }) => {
      await new Promise((resolve) => setTimeout(resolve, typingMs));
      signal.throwIfAborted();
      return readAll<Key>(async (cursor) => {
        const page = await api.client.keys.list({ limit: pageSize, cursor, organisation, find }, { signal });
        return { rows: page.keys, next_cursor: page.next_cursor };
      });
    },
    enabled: may && find !== "",
    refetchInterval: listsEveryMs,
  });
}

/** Caps that anything was spent of, about a second old. */
export function useBudgets(organisation: string) {
  const { api } = useServices();
  const may = useMay("read_figures");
  return useQuery({
    queryKey: [accessQuery, "budgets", organisation],
    queryFn: ({ signal }) =>
      readAll<BudgetView>(async (cursor) => {
        const page = await api.client.budgets({ limit: pageSize, cursor, organisation }, { signal });
        return { rows: page.budgets, next_cursor: page.next_cursor };
      }),
    enabled: may,
    placeholderData: keepPreviousData,
    refetchInterval: capsEveryMs,
  });
}
