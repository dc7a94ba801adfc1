// The calls of one run: whole and streamed, slow and quick, some left half-way by their callers, some at a vendor that
// fails now and then. All are held at the same amount, since their bodies are of one length.
import type { Dice } from "../run/dice.ts";

export interface BudgetCall {
  body: string;
  /** The caller hangs up once so many bytes of the answer have come. */
  abortAfterBytes: number | undefined;
}

const MAX_TOKENS = 40;
const USD_PER_MILLION = 1000;
/** About what 137 of these calls come to: 15 tokens in and 25 out. */
const PAID_CALLS = 137;
export const capUsd = (PAID_CALLS * 40 * USD_PER_MILLION) / 1_000_000;

export const config = {
  providers: {
    sim: { price: { input_usd_per_million: USD_PER_MILLION, output_usd_per_million: USD_PER_MILLION } },
  },
  governance: { budgets: [{ of: "team", usd: capUsd, every: "ever" }], calls_in_flight_per_key_max: 100_000 },
};

const BODY_LENGTH = 260;

/** Of calls that come one by one, each is answered quickly. */
export function planWave(dice: Dice, count: number, pace: "varied" | "quick" = "varied"): BudgetCall[] {
  return Array.from({ length: count }, () => {
    const stream = dice.random() < 0.5;
    const isLeft = stream && dice.random() < 0.3;
    const fails = dice.random() < 0.2 ? "&error=500:0.4,cut:0.2" : "";
    const times = pace === "quick" ? "first_token_ms=0&token_ms=0" : `token_ms=${dice.between(0, 8)}`;
    const options = `tokens=${dice.between(5, MAX_TOKENS)}&${times}${fails}`;
    return {
      body: padded({ model: `sim/sim-small?${options}`, stream }),
      abortAfterBytes: isLeft ? dice.between(0, 3000) : undefined,
    };
  });
}

function padded(said: { model: string; stream: boolean }): string {
  const body = { ...said, max_tokens: MAX_TOKENS, messages: [{ role: "user", content: "Say something." }], user: "" };
  const missing = BODY_LENGTH - JSON.stringify(body).length;
  return JSON.stringify({ ...body, user: "x".repeat(missing) });
}
