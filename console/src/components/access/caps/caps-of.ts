// What bounds one team, project, user, key or organisation: the caps that anything was spent of, as the API counts them, and those of
// its own that nothing was spent of yet. Figures are the API's; nothing is added up here.
import type { BudgetView, Entry } from "../../../../../src/governance/contract.ts";
import { usdToMicros } from "./usd.ts";

export interface CapView extends Pick<
  BudgetView,
  "unit" | "every" | "cap" | "spent" | "held" | "left" | "renews_at_ms"
> {
  /** Tells those of one owner apart. */
  id: string;
  /** From here on answers carry a warning; null where nothing is said. */
  softMicros: number | null;
  /** Whether it stands with its owner; otherwise in the configuration. */
  isOwn: boolean;
}

/** Of which the caps are asked. `kind` is said as the API does in `whose`. */
export interface Bounded extends Pick<Entry, "budgets" | "limits"> {
  kind: "organisation" | "team" | "project" | "user" | "key";
  /** The id of a key, the name of anything else. */
  name: string;
}

type Counted = Omit<CapView, "id" | "isOwn"> & { isOwn: true };

/** `counted` are those that the API gives for this owner; see `groupByOwner`. */
export function capsOf(owner: Bounded, counted: readonly BudgetView[]): CapView[] {
  const own = ownCapsOf(owner);
  const isSame = (one: Pick<CapView, "unit" | "every">, other: Pick<CapView, "unit" | "every">): boolean =>
    one.unit === other.unit && one.every === other.every;
  const known = counted.map((view) => {
    const alike = own.find((cap) => isSame(cap, view));
    const { unit, every, cap, spent, held, left, renews_at_ms, id } = view;
    const softMicros = alike?.softMicros ?? null;
    return { id, unit, every, cap, spent, held, left, renews_at_ms, softMicros, isOwn: alike?.cap === cap };
  });
  const unspent = own.filter((cap) => !counted.some((view) => isSame(cap, view)));
  return [...known, ...unspent.map((cap) => ({ ...cap, id: `${cap.unit}/${cap.every}` }))];
}

/** Several of the same unit and window hold together: the lowest does. */
function ownCapsOf({ budgets, limits }: Pick<Entry, "budgets" | "limits">): Counted[] {
  const unspent = { spent: 0, held: 0, renews_at_ms: null, isOwn: true } as const;
  const all: Counted[] = [
    ...budgets.map(({ usd, every, soft_usd: soft }) => {
      const cap = usdToMicros(usd);
      const softMicros = soft === undefined ? null : usdToMicros(soft);
      return { ...unspent, unit: "usd_micros" as const, every, cap, left: cap, softMicros };
    }),
    ...limits.flatMap((limit) =>
      (["requests", "tokens", "calls_in_flight"] as const).flatMap((unit) => {
        const cap = limit[unit];
        if (cap === undefined) return [];
        const every = unit === "calls_in_flight" ? null : limit.every;
        return [{ ...unspent, unit, every, cap, left: cap, softMicros: null }];
      }),
    ),
  ];
  const lowest = new Map<string, Counted>();
  for (const cap of all) {
    const place = `${cap.unit}/${cap.every}`;
    const before = lowest.get(place);
    if (before === undefined || cap.cap < before.cap) lowest.set(place, cap);
  }
  return [...lowest.values()];
}

/** The API's budgets of one organisation, by whose they are: `team finance`, `key k1`. */
export function groupByOwner(budgets: readonly BudgetView[]): ReadonlyMap<string, BudgetView[]> {
  return Map.groupBy(budgets, ({ whose }) => whose);
}

/** As the API says whose a cap is. The installation's own organisation has no name there. */
export function whoseOf({ kind, name }: Pick<Bounded, "kind" | "name">): string {
  return kind === "organisation" && name === "default" ? kind : `${kind} ${name}`;
}

/** The one of which the least is left, by its share; of money alone, or of everything else. */
export function tightest(caps: readonly CapView[], which: "money" | "limits"): CapView | null {
  const asked = caps.filter(
    ({ unit }) => (unit === "usd_micros") === (which === "money") && unit !== "calls_in_flight",
  );
  return asked.toSorted((a, b) => shareLeft(a) - shareLeft(b))[0] ?? null;
}

export function shareLeft({ left, cap }: Pick<CapView, "left" | "cap">): number {
  return cap === 0 ? 0 : left / cap;
}
