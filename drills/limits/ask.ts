// One team's calls: one after the other, at whichever process the dice say, a moment apart.
import type { Dice } from "../run/dice.ts";

export interface Team {
  name: string;
  unit: "requests" | "tokens";
  key: string;
}

interface Asking {
  servers: readonly { url: string }[];
  dice: Dice;
  endMs: number;
}

const MAX_TOKENS = 100;

export async function askWithoutBreak({ key }: Team, { servers, dice, endMs }: Asking): Promise<void> {
  while (performance.now() < endMs) {
    const server = servers[dice.between(0, servers.length - 1)];
    const model = `sim/sim-small?token_ms=0&first_token_ms=0&tokens=${dice.between(5, MAX_TOKENS)}`;
    const response = await fetch(`${server?.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ model, max_tokens: MAX_TOKENS, messages: [{ role: "user", content: "Go on." }] }),
    });
    await response.text();
    await Bun.sleep(dice.between(20, 400));
  }
}
