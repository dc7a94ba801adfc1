// What the address of the directory carries, and moves within it.
import { useCallback } from "react";
import { useServices } from "../../page/services.ts";
import { useSearchAddress } from "../../page/address/use-search-address.ts";

interface Search {
  tab?: "people" | undefined;
  open?: string | undefined;
  find?: string | undefined;
  organisation?: string | undefined;
}

export function useAddress() {
  const { session } = useServices();
  const { search, goTo, hrefOf: hrefWith } = useSearchAddress<Search>("/directory", tidy);
  const hrefOf = useCallback((open: string) => hrefWith({ open }), [hrefWith]);
  const { organisation = session.organisation, open = null, find = "", tab = "tree" } = search;
  return { search, organisation, open, find, tab, goTo, hrefOf };
}

function tidy(search: Search): Search {
  return { ...search, find: search.find === "" ? undefined : search.find };
}
