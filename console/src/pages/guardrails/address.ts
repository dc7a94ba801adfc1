// The address of the page: which part, and what the findings are narrowed to.
import { getRouteApi, useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { hrefAt } from "../../page/address/href-at.ts";
import type { guardrailTabs } from "./parts-of-page.ts";

export type Range = "1h" | "24h" | "7d" | "30d";

interface Place {
  tab: (typeof guardrailTabs)[number];
  what: string | null;
  range: Range;
  call: string | null;
  policy: string | null;
}

const route = getRouteApi("/guardrails");

export function useAddress() {
  const { tab = "policies", what = null, range = "24h", call = null, policy = null } = route.useSearch();
  const navigate = useNavigate();
  const router = useRouter();
  const place = useMemo(() => ({ tab, what, range, call, policy }), [tab, what, range, call, policy]);
  const goTo = useCallback(
    (change: Partial<Place>, options: { replace?: boolean } = {}) =>
      void navigate({ ...linkTo({ ...place, ...change }), ...options }),
    [navigate, place],
  );
  const hrefOf = useCallback(
    (change: Partial<Place>) => hrefAt(router, router.buildLocation(linkTo({ ...place, ...change }))),
    [router, place],
  );
  return { ...place, goTo, hrefOf };
}

function linkTo({ tab, what, range, call, policy }: Place) {
  return {
    to: "/guardrails" as const,
    search: {
      tab: tab === "policies" ? undefined : tab,
      what: what ?? undefined,
      range: range === "24h" ? undefined : range,
      call: call ?? undefined,
      policy: policy ?? undefined,
    },
  };
}
