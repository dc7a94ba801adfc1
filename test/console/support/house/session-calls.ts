// A conversation through the gateway, of a user whose name and session are as awkward in addresses and filters as names may be.
import { until } from "../../../support/until.ts";
import { nothing } from "../data.ts";
import type { House, StartHouse } from "./house.ts";
import { startHouse } from "./start-house.ts";

export const SESSION = "tour of the harbour/1 #2?";
export const USER = 'ann "the pilot" of /harbour';

/** The program with a session of two calls on record. */
export const startWithSession: StartHouse = async (options) => {
  const house = await startHouse({ ...options, data: nothing });
  try {
    for (const asked of ["What is a binnacle?", "And what is in it?"]) await makeSessionCall(house, asked);
    await until(async () => (await house.client.sessions.list({})).items.some(({ totals }) => totals.calls === 2));
    return house;
  } catch (error) {
    await house.close();
    throw error;
  }
};

export async function makeSessionCall({ url, key }: Pick<House, "url" | "key">, content: string): Promise<void> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${key}`,
      "x-binnacle-session": SESSION,
      "x-binnacle-user": USER,
    },
    body: JSON.stringify({ model: "sim/sim-small", messages: [{ role: "user", content }] }),
  });
  await response.arrayBuffer();
}
