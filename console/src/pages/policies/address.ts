// The address of the page: which part, which version is open, whose policies are listed.
import { getRouteApi, useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { hrefAt } from "../../page/address/href-at.ts";
import type { PolicyTab } from "./parts-of-page.ts";

interface Place {
  tab: PolicyTab;
  version: number | null;
  whose: "own" | "shipped" | null;
}

const route = getRouteApi("/policies");

export function useAddress() {
  const { tab = "active", version = null, whose = null } = route.useSearch();
  const navigate = useNavigate();
  const router = useRouter();
  const place = useMemo(() => ({ tab, version, whose }), [tab, version, whose]);
  const goTo = useCallback(
    (change: Partial<Place>, options: { replace?: boolean } = {}) =>
      void navigate({ ...linkTo({ ...place, ...change }), ...options }),
    [navigate, place],
  );
  const hrefOf = useCallback(
    (number: number) => hrefAt(router, router.buildLocation(linkTo({ ...place, version: number }))),
    [router, place],
  );
  return { ...place, goTo, hrefOf };
}

function linkTo({ tab, version, whose }: Place) {
  return {
    to: "/policies" as const,
    search: { tab: tab === "active" ? undefined : tab, version: version ?? undefined, whose: whose ?? undefined },
  };
}
