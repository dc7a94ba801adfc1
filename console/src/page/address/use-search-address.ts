// Moves within a page that keeps its whole view in the search of its address.
import { type NavigateOptions, useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { hrefAt } from "./href-at.ts";

export interface SearchAddress<Search> {
  search: Search;
  /** What is not named stays. `replace` leaves no step in the history. */
  goTo: (change: Partial<Search>, replace?: boolean) => void;
  hrefOf: (change: Partial<Search>) => string;
}

const asItIs = <Search>(search: Search): Search => search;

/** `tidy`, one function for all renderings, leaves out of a search what needs not be said. */
export function useSearchAddress<Search extends object>(
  to: string,
  tidy: (search: Search) => Search = asItIs,
): SearchAddress<Search> {
  // Its own route has checked it on arrival, and checks what is gone to.
  const checked: object = useSearch({ strict: false });
  const search = checked as Search;
  const navigate = useNavigate();
  const router = useRouter();
  const goTo = useCallback(
    (change: Partial<Search>, replace = false) =>
      void navigate({ ...({ to, search: (before: Search) => tidy({ ...before, ...change }) } as object), replace }),
    [navigate, to, tidy],
  );
  const hrefOf = useCallback(
    (change: Partial<Search>) =>
      hrefAt(router, router.buildLocation({ to, search: tidy({ ...search, ...change }) } as NavigateOptions)),
    [router, to, search, tidy],
  );
  return { search, goTo, hrefOf };
}
