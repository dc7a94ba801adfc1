// The address of the page of calls carries the whole view: what the list is narrowed to, which call is open and how it is looked at,
// or which two are compared.
import { getRouteApi, useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { TimeRangeValue } from "../../components/inputs/range/range-to-ms.ts";
import { type CallFilter, defaultRange } from "./feed/call-filter.ts";
import type { RecordView } from "./search-fields.ts";
import { hrefAt } from "../../page/address/href-at.ts";

export interface Address {
  callId: string | null;
  filter: CallFilter;
  show: RecordView;
  /** Two calls that are compared. */
  diff: readonly [string, string] | null;
}

interface UseAddress extends Address {
  /** What is left out stays as it is. `replace` leaves no step behind in the browser's history: for moves within an open view. */
  goTo: (change: Partial<Address>, options?: { replace?: boolean }) => void;
  hrefOf: (change: Partial<Address>) => string;
}

const route = getRouteApi("/calls/{-$callId}");

export function useAddress(): UseAddress {
  const { callId = null } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const router = useRouter();
  const { outcome = null, filter: typed, model, range, from, to, show = "chat", diff } = search;
  const filter = useMemo(
    () => ({ outcome, text: typed ?? filterOfModel(model), time: timeOf(range, from, to) }),
    [outcome, typed, model, range, from, to],
  );
  const here = useMemo(() => ({ callId, filter, show, diff: pairOf(diff) }), [callId, filter, show, diff]);
  const goTo = useCallback(
    (change: Partial<Address>, options: { replace?: boolean } = {}) =>
      void navigate({ ...placeOf({ ...here, ...change }), ...options }),
    [navigate, here],
  );
  const hrefOf = useCallback(
    (change: Partial<Address>) => hrefAt(router, router.buildLocation(placeOf({ ...here, ...change }))),
    [router, here],
  );
  return { ...here, goTo, hrefOf };
}

/** Links from elsewhere name a model alone. */
function filterOfModel(model: string | undefined): string {
  return model === undefined || model === "" ? "" : `model:"${model.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

function timeOf(range: TimeRangeValue["range"] | undefined, from?: number, to?: number): TimeRangeValue {
  return range === "custom" ? { range, from, to } : { range: range ?? defaultRange };
}

function pairOf(text: string | undefined): readonly [string, string] | null {
  const [one, other] = (text ?? "").split(",");
  return one && other ? [one, other] : null;
}

/** What the list is narrowed to, as it stands in the address. */
export function searchOf({ outcome, text, time }: CallFilter) {
  return {
    outcome: outcome ?? undefined,
    filter: text === "" ? undefined : text,
    range: time.range === defaultRange ? undefined : time.range,
    from: time.range === "custom" ? time.from : undefined,
    to: time.range === "custom" ? time.to : undefined,
  };
}

function placeOf({ callId, filter, show, diff }: Address) {
  return {
    to: "/calls/{-$callId}" as const,
    params: { callId: callId ?? undefined },
    search: {
      ...searchOf(filter),
      show: show === "chat" || callId === null ? undefined : show,
      diff: diff === null ? undefined : diff.join(","),
    },
  };
}
