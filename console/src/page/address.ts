// The page's address carries the whole view: `#/calls/<id>?outcome=failed&model=fast`. Anything else means the list.
import { useMemo, useSyncExternalStore } from "react";
import { callOutcomes } from "../../../src/ledger/contract.ts";
import { type CallFilter, noFilter } from "../feed/call-filter.ts";

export interface Address {
  callId: string | null;
  filter: CallFilter;
}

export function parseAddress(hash: string): Address {
  const [path = "", search = ""] = hash.replace(/^#/, "").split("?", 2);
  const id = /^\/calls\/([^/]+)$/.exec(path)?.[1];
  const parameters = new URLSearchParams(search);
  const outcome = callOutcomes.find((name) => name === parameters.get("outcome")) ?? noFilter.outcome;
  return { callId: id === undefined ? null : decode(id), filter: { outcome, model: parameters.get("model") ?? "" } };
}

export function formatAddress({ callId, filter }: Address): string {
  const parameters = new URLSearchParams();
  if (filter.outcome !== null) parameters.set("outcome", filter.outcome);
  if (filter.model !== "") parameters.set("model", filter.model);
  const search = parameters.size === 0 ? "" : `?${parameters}`;
  return `#/calls${callId === null ? "" : `/${encodeURIComponent(callId)}`}${search}`;
}

export function useAddress(): Address {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return useMemo(() => parseAddress(hash), [hash]);
}

/** Goes to an address. `replace` leaves no step behind in the browser's history: for moves within an open view. */
export function goTo(address: Address, options: { replace?: boolean } = {}): void {
  const hash = formatAddress(address);
  if (hash === location.hash) return;
  if (options.replace) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
  // Neither of the two tells anyone.
  dispatchEvent(new HashChangeEvent("hashchange"));
}

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  addEventListener("popstate", listener);
  return () => {
    removeEventListener("hashchange", listener);
    removeEventListener("popstate", listener);
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
