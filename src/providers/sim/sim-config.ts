// The `providers.sim` branch of the config, and the kinds of fault that the simulator can be told to have.
import { z } from "zod";

/** Every kind of fault, with what the caller of the simulator meets. */
export const simFaults = {
  "429": "429 with Retry-After and OpenAI's error body",
  "500": "500 with OpenAI's error body",
  "503": "503 with OpenAI's error body",
  refused: "the connection is refused",
  stall: "nothing at all arrives, until the caller gives up",
  stall_mid: "the answer begins, then nothing more arrives",
  cut: "the answer begins, then the connection breaks",
  malformed: "one chunk in the middle is not JSON; a JSON answer does not parse",
  garbage: "200 with an HTML page instead of an answer",
  empty: "200 with an empty body",
  slow: "every wait is ten times as long",
} as const;
export type SimFault = keyof typeof simFaults;
export const simFaultNames = Object.keys(simFaults) as SimFault[];

/** Upper bounds of what config and model options may ask for. */
export const simBounds = { waitMsMax: 3_600_000, tokensMax: 16_384, choicesMax: 8 } as const;

const rate = z.number().min(0).max(1).default(0);
const wait = z.number().min(0).max(simBounds.waitMsMax);
const price = z.number().min(0);

const errorRates = z
  .strictObject({
    "429": rate,
    "500": rate,
    "503": rate,
    refused: rate,
    stall: rate,
    stall_mid: rate,
    cut: rate,
    malformed: rate,
    garbage: rate,
    empty: rate,
    slow: rate,
  } satisfies Record<SimFault, typeof rate>)
  .refine((rates) => sumOfRates(rates) <= 1, "the rates add up to more than 1");

/** Probability of each fault; at most one strikes a call. */
export type SimFaultRates = Record<SimFault, number>;

export function sumOfRates(rates: Partial<SimFaultRates>): number {
  // Ten rates of 0.1 add up to a hair more than 1 in binary; nobody means that hair.
  return Number(
    Object.values(rates)
      .reduce((sum, each) => sum + each, 0)
      .toFixed(9),
  );
}

/** Simulated prices: invented, so that the cost of a first call is not zero. Dollars for a million tokens. */
export const simPrices = { input_usd_per_million: 0.15, output_usd_per_million: 0.6 } as const;

/** What the record names as the price table's version for simulated calls. */
export const simPriceVersion = "sim";

export const simConfigSchema = z
  .strictObject({
    enabled: z.boolean().default(true).describe("offer the built-in simulator as the vendor `sim`"),
    first_token_ms: wait
      .optional()
      .describe("wait before the first token, for every sim model; by default the model's own"),
    token_ms: wait.optional().describe("wait between tokens, for every sim model; by default the model's own"),
    jitter: z.number().min(0).max(1).default(0).describe("0.3 makes each wait up to 30 % shorter or longer"),
    tokens: z.number().int().min(1).max(simBounds.tokensMax).optional().describe("exact length of prose answers"),
    errors: errorRates.prefault({}).describe("probability of each fault, 0 to 1"),
    price: z
      .strictObject({
        input_usd_per_million: price.default(simPrices.input_usd_per_million),
        output_usd_per_million: price.default(simPrices.output_usd_per_million),
      })
      .prefault({})
      .describe("simulated prices, in dollars for a million tokens"),
  })
  .prefault({});

export type SimConfig = z.output<typeof simConfigSchema>;
