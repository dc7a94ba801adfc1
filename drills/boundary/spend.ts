// A caller under a budget of its own, who spends a little now and then: so there is something that other processes must be told.
import type { RunningBinnacle } from "../installation/binnacle.ts";

/** What a budget can count needs a price. */
export const PRICED = { providers: { sim: { price: { input_usd_per_million: 1, output_usd_per_million: 1 } } } };

/** Returns the way to spend; refusals are no concern of it. */
export async function openBudget({ client, url }: RunningBinnacle): Promise<() => Promise<void>> {
  const { secret } = await client.keys.create({
    name: "under a budget",
    scopes: ["call"],
    budgets: [{ usd: 1000, every: "ever", when_short: "refuse" }],
  });
  return async () => {
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify({ model: "sim/sim-instant", max_tokens: 10, messages: [{ role: "user", content: "hi" }] }),
    });
    await response.text();
  };
}
