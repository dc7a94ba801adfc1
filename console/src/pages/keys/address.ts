// What the address of the keys carries, and moves within it.
import { useCallback } from "react";
import { useServices } from "../../page/services.ts";
import { useSearchAddress } from "../../page/address/use-search-address.ts";

export type Shown = "all" | "active" | "disabled" | "expired" | "revoked";

interface Search {
  open?: string | undefined;
  find?: string | undefined;
  state?: Shown | undefined;
  organisation?: string | undefined;
  new?: string | undefined;
}

export function useAddress() {
  const { session } = useServices();
  const { search, goTo, hrefOf: hrefWith } = useSearchAddress<Search>("/keys", tidy);
  const hrefOf = useCallback((open: string) => hrefWith({ open }), [hrefWith]);
  const { organisation = session.organisation, open = null, find = "", state = "active", new: made = null } = search;
  return { organisation, open, find, state, made, goTo, hrefOf };
}

function tidy(search: Search): Search {
  const { find, state } = search;
  return { ...search, find: find === "" ? undefined : find, state: state === "active" ? undefined : state };
}
