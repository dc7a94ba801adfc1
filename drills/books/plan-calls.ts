// The calls of the drill: whole and streamed, at vendors that fail and break off, kept answers, answers asked of several, calls
// that their callers leave.
import type { Dice } from "../run/dice.ts";

export interface BookedCall {
  body: object;
  tags: string;
  /** The caller hangs up once so many bytes of the answer have come. */
  abortAfterBytes: number | undefined;
}

/** Prices of many digits, so that rounding shows; and a vendor whose lines of batches cost half. */
export const configFor = (discountingVendorUrl: string) => ({
  providers: {
    vendors: { openai: { kind: "openai", base_url: discountingVendorUrl, api_key: "env:DRILL_VENDOR_KEY" } },
    sim: { price: { input_usd_per_million: 137.77, output_usd_per_million: 4211.3 } },
    prices: { "sim/sim-large": { input_usd_per_million: 999.9, output_usd_per_million: 10007.1 } },
  },
  gateway: {
    cache: { enabled: true },
    routes: {
      shaky: { targets: ["sim/sim-small?error=500:0.5,cut:0.3", "sim/sim-instant"] },
      agreed: {
        strategy: "ensemble",
        targets: ["sim/sim-small?first_token_ms=0&token_ms=0", "sim/sim-small", "sim/sim-large"],
        decide: "vote",
      },
    },
  },
  // All stays in the journal until the process is killed.
  ledger: { projector: { interval: "10m" }, sums: { settle: "0s", interval: "200ms" } },
  batches: { service_tier: "flex" },
});

const MODELS = [
  "sim/sim-instant",
  "sim/sim-large?first_token_ms=0&token_ms=0",
  "shaky",
  "agreed",
  "sim/sim-small?error=cut:0.5&token_ms=1",
];
/** Slow enough that a caller who hangs up does so before the end. */
const SLOW_MODEL = "sim/sim-small?token_ms=20";
const TEMPLATES = ["Translate into French:\nword", "Summarise this in one line:\ntext", "What is the status of order"];

const pick = <T>(dice: Dice, from: readonly T[]): T => from[dice.between(0, from.length - 1)] as T;

export function planCalls(dice: Dice, count: number): BookedCall[] {
  return Array.from({ length: count }, () => {
    const stream = dice.random() < 0.5;
    const isLeft = stream && dice.random() < 0.2;
    const content = `${pick(dice, TEMPLATES)} ${dice.between(1, 8)}`;
    return {
      body: {
        model: isLeft ? SLOW_MODEL : pick(dice, MODELS),
        stream,
        max_tokens: pick(dice, [20, 60]),
        messages: [{ role: "user", content }],
      },
      tags: pick(dice, ["", "nightly", "nightly,import"]),
      abortAfterBytes: isLeft ? dice.between(0, 1000) : undefined,
    };
  });
}
