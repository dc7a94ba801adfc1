// What is left of the budgets that a user's calls draw on: the user's own, and those of the teams and projects they counted for.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Series } from "../../../../../src/observability/contract.ts";
import type { Api } from "../../../api/open-api.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Meter } from "../../../components/charts/meter.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { formatCount, formatUsd } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { type Budget, budgetsOf } from "./budgets-of.ts";

const limit = 200;
/** Of an installation with more budgets than these the rest are not looked through. */
const pagesMost = 10;
const refreshMs = 15_000;

export function UserBudgets({ user, places }: { user: string; places: Series | undefined }) {
  const { api } = useServices();
  const asked = useQuery({
    queryKey: ["budgets", "all"],
    queryFn: ({ signal }) => readBudgets(api, signal),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });
  const own = budgetsOf(asked.data ?? [], { user, keys: (places?.rows ?? []).map(({ key }) => key) });
  return (
    <Panel
      title="Budgets that these calls draw on"
      curl={curlFor(api.origin, "/budgets", { limit })}
      problem={asked.isError && asked.data === undefined ? explainError(asked.error) : null}
    >
      {own.length === 0 && asked.data !== undefined && (
        <p className="py-1 text-soft">
          None: neither this user nor a team or project of these calls has a budget of which anything was spent.
        </p>
      )}
      <div className="grid gap-3">
        {own.map((budget) => (
          <Meter
            key={budget.id}
            label={`${budget.whose}, ${budget.every ?? "at once"}`}
            value={budget.cap - budget.left}
            max={budget.cap}
            formatted={`${say(budget, budget.left)} left of ${say(budget, budget.cap)}`}
            tone={budget.left <= 0 ? "fail" : budget.left < budget.cap / 5 ? "warn" : 1}
            note={`${say(budget, budget.spent)} spent${budget.held > 0 ? `, ${say(budget, budget.held)} held for calls under way or to come` : ""}`}
          />
        ))}
      </div>
    </Panel>
  );
}

async function readBudgets({ client }: Api, signal: AbortSignal): Promise<Budget[]> {
  const all: Budget[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pagesMost; page += 1) {
    const { budgets, next_cursor } = await client.budgets(
      { limit, ...(cursor !== undefined && { cursor }) },
      { signal },
    );
    all.push(...budgets);
    if (next_cursor === null) break;
    cursor = next_cursor;
  }
  return all;
}

function say({ unit }: Budget, value: number): string {
  if (unit === "usd_micros") return formatUsd(value);
  return `${formatCount(value)} ${unit === "calls_in_flight" ? "calls at once" : unit}`;
}
