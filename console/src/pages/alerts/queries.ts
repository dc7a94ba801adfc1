// What the parts of this page ask the API, under one name each, so that whoever changes something knows what to ask again.
import { useQuery } from "@tanstack/react-query";
import { useServices } from "../../page/services.ts";

/** Rules are looked at twice a minute. */
const everyMs = 10_000;

function useAsked<T>(name: string, read: (signal: AbortSignal) => Promise<T>) {
  return useQuery({
    queryKey: ["alerts", name],
    queryFn: ({ signal }) => read(signal),
    refetchInterval: everyMs,
  });
}

export function useOpenAlerts() {
  const { client } = useServices().api;
  return useAsked("open", (signal) => client.alerts.list(undefined, { signal }));
}

export function useSlos() {
  const { client } = useServices().api;
  return useAsked("slos", async (signal) => (await client.slos.list(undefined, { signal })).slos);
}

export function useRules() {
  const { client } = useServices().api;
  return useAsked("rules", async (signal) => (await client.alerts.rules.list(undefined, { signal })).rules);
}

export function useSilences() {
  const { client } = useServices().api;
  return useAsked("silences", async (signal) => (await client.alerts.silences.list(undefined, { signal })).silences);
}

export function useChannels() {
  const { client } = useServices().api;
  return useAsked("channels", async (signal) => (await client.alerts.channels.list(undefined, { signal })).channels);
}
