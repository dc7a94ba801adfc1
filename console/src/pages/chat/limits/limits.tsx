// What the reader may still ask for, and when there is more.
import { useQuery } from "@tanstack/react-query";
import { Meter } from "../../../components/charts/meter.tsx";
import { useServices } from "../../../page/services.ts";
import { describeLimit } from "./describe-limit.ts";

const askAgainMs = 15_000;
export const limitsKey = ["session", "limits"];

export function useLimits() {
  const { api } = useServices();
  return useQuery({
    queryKey: limitsKey,
    queryFn: async ({ signal }) => (await api.client.session.limits(undefined, { signal })).limits,
    refetchInterval: askAgainMs,
  });
}

export function Limits() {
  const { data: limits } = useLimits();
  if (limits === undefined) return null;
  return (
    <section aria-label="Your limits" className="grid gap-3">
      <h2 className="font-semibold">Your limits</h2>
      {limits.length === 0 && <p className="text-soft">There are none.</p>}
      {limits.map((limit) => {
        const words = describeLimit(limit);
        return (
          <Meter
            key={limit.id}
            label={words.label}
            value={words.amountLeft}
            max={limit.cap}
            formatted={words.left}
            tone={words.tone}
            note={words.renews}
          />
        );
      })}
    </section>
  );
}

/** The scarcest of them in a line, for where there is no room for more. */
export function ScarcestLimit() {
  const { data: limits = [] } = useLimits();
  const [scarcest] = limits
    .map((limit) => ({ ...describeLimit(limit), cap: limit.cap }))
    .toSorted((one, other) => one.amountLeft / one.cap - other.amountLeft / other.cap);
  if (scarcest === undefined) return null;
  const { label, left, tone } = scarcest;
  return (
    <p className={`text-fine ${tone === "ink" ? "text-soft" : tone === "warn" ? "text-warn" : "text-fail"}`}>
      {label}: {left}
    </p>
  );
}
