// The address of the page carries the whole view: which part, which approval is open, what the decided ones are narrowed to.
import { getRouteApi, useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { ApprovalTab, Fate } from "./parts-of-page.ts";
import { hrefAt } from "../../page/address/href-at.ts";

interface Place {
  approvalId: string | null;
  tab: ApprovalTab;
  fate: Fate | null;
}

const route = getRouteApi("/approvals/{-$approvalId}");

export function useAddress() {
  const { approvalId = null } = route.useParams();
  const { tab = "mine", fate = null } = route.useSearch();
  const navigate = useNavigate();
  const router = useRouter();
  const place = useMemo(() => ({ approvalId, tab, fate }), [approvalId, tab, fate]);
  const goTo = useCallback(
    (change: Partial<Place>, options: { replace?: boolean } = {}) =>
      void navigate({ ...linkTo({ ...place, ...change }), ...options }),
    [navigate, place],
  );
  const hrefOf = useCallback(
    (id: string) => hrefAt(router, router.buildLocation(linkTo({ ...place, approvalId: id }))),
    [router, place],
  );
  return { ...place, goTo, hrefOf };
}

function linkTo({ approvalId, tab, fate }: Place) {
  return {
    to: "/approvals/{-$approvalId}" as const,
    params: { approvalId: approvalId ?? undefined },
    search: { tab: tab === "mine" ? undefined : tab, fate: fate ?? undefined },
  };
}
