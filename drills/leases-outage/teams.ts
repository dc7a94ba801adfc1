// Who calls while the database is away, and under what caps: one whose leases pay for all of it, one that uses up what its
// processes have at hand, one whose budget is nearly spent, one with so many places at once and one with so many requests a minute.

export interface Team {
  name: string;
  /** Over all processes. */
  callsPerSecond: number;
  /** What is asked of the simulator. */
  model: string;
  maxTokens: number;
  /** Micro-dollars; undefined where money is not capped. */
  cap: number | undefined;
  /** At once. */
  places: number | undefined;
}

const MICROS_PER_TOKEN = 1000;
export const POOR_CAP = 40_000 * MICROS_PER_TOKEN;
const WIDE_CAP = 1_000_000_000 * MICROS_PER_TOKEN;
const PLACES = 6;

export const teams: readonly Team[] = [
  // Holds some 1,250 tokens a call and uses 25 of them: what pays for 16 such calls pays for hundreds.
  { name: "steady", callsPerSecond: 4, model: "tokens=10", maxTokens: 1000, cap: WIDE_CAP, places: undefined },
  { name: "hungry", callsPerSecond: 20, model: "tokens=400", maxTokens: 500, cap: WIDE_CAP, places: undefined },
  { name: "poor", callsPerSecond: 4, model: "tokens=90", maxTokens: 100, cap: POOR_CAP, places: undefined },
  { name: "crowd", callsPerSecond: 8, model: "tokens=10&token_ms=100", maxTokens: 20, cap: undefined, places: PLACES },
  { name: "minute", callsPerSecond: 4, model: "tokens=10", maxTokens: 20, cap: undefined, places: undefined },
];

export const config = {
  providers: {
    sim: { price: { input_usd_per_million: MICROS_PER_TOKEN, output_usd_per_million: MICROS_PER_TOKEN } },
  },
  governance: {
    budgets: [
      ...teams.flatMap(({ name, cap }) =>
        cap === undefined ? [] : [{ of: "team", name, usd: cap / 1_000_000, every: "ever" }],
      ),
      { of: "user", usd: 1, every: "ever" },
    ],
    limits: [
      { of: "team", name: "crowd", calls_in_flight: PLACES },
      { of: "team", name: "minute", requests: 600 },
    ],
    calls_in_flight_per_key_max: 100_000,
  },
};
