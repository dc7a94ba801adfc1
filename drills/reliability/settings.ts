// With what the drills compare: one target and one try; more targets and tries, as many as the plan has; and everything on.
import type { FaultyVendor } from "./faulty-vendor.ts";

export interface Setting {
  name: "alone" | "in_order" | "bounded" | "all_on";
  /** For the table. */
  says: string;
  gateway: object;
  /** Of the vendors, how many does a route have. */
  targets: number;
  /** Whether broken texts are gone on with. */
  continues?: true;
}

export const TIMEOUTS = { first_token_timeout: "1s", between_tokens_timeout: "1s" };
export const NO_BREAKER = { breaker_failures: 0 };
/** And no limit to repeated tries either. */
export const NO_HEALTH = { breaker_failures: 0, retry_share: 1, retry_floor: 1000 };

export const settings: readonly Setting[] = [
  {
    name: "alone",
    says: "one target, one try",
    gateway: { ...TIMEOUTS, attempts_max: 1, health: NO_HEALTH },
    targets: 1,
  },
  { name: "in_order", says: "two targets in order", gateway: { ...TIMEOUTS, health: NO_HEALTH }, targets: 2 },
  {
    name: "all_on",
    says: "and health, hedging",
    gateway: { ...TIMEOUTS, hedging: { routes: ["*"] } },
    targets: 2,
    continues: true,
  },
];

/** A route of this name over the first vendors, and these vendors. */
export function routeOver(name: string, vendors: readonly FaultyVendor[], { targets, continues }: Setting) {
  const named = vendors.map(({ url }, place) => ({ vendor: `${name}_${place + 1}`, url }));
  return {
    route: {
      targets: named.slice(0, targets).map(({ vendor }) => `${vendor}/sim-small`),
      ...(continues && { continue_broken: true }),
    },
    vendors: Object.fromEntries(
      named.map(({ vendor, url }) => [
        vendor,
        { kind: "openai-compatible", base_url: url, api_key: "env:DRILL_KEY", models: ["sim-small"] },
      ]),
    ),
  };
}
