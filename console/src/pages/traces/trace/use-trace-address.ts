// The address of a trace carries the whole view: the record that is open, what is listed, what is looked for.
import { getRouteApi, useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import { hrefAt } from "../../../page/address/href-at.ts";

const route = getRouteApi("/traces/$traceId");

export type TraceSearch = ReturnType<typeof route.useSearch>;

export function useTraceAddress() {
  const { traceId } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const router = useRouter();
  /** `replace` leaves no step behind in the browser's history. */
  const change = useCallback(
    (next: Partial<TraceSearch>, { replace = true }: { replace?: boolean } = {}) =>
      void navigate({
        to: "/traces/$traceId",
        params: { traceId },
        search: (before: TraceSearch) => ({ ...before, ...next }),
        replace,
      }),
    [navigate, traceId],
  );
  const hrefOf = useCallback(
    (span: string) =>
      hrefAt(
        router,
        router.buildLocation({ to: "/traces/$traceId", params: { traceId }, search: { ...search, span } }),
      ),
    [router, traceId, search],
  );
  return { traceId, search, change, hrefOf };
}
