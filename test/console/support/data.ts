// What a test's program has on record before its first page opens.
import { until } from "../../support/until.ts";
import type { Data, Filled } from "./house/house.ts";

export const nothing: Data = async () => undefined;

/** Nine that were answered and three that were not, all of them stored. */
export const aFewCalls: Data = async (app) => {
  for (let index = 0; index < 9; index += 1)
    await makeCall(app, { model: "sim/sim-small", messages: [{ role: "user", content: `Say the number ${index}.` }] });
  for (let index = 0; index < 3; index += 1)
    await makeCall(app, { model: "nobody/knows-this", messages: [{ role: "user", content: "Hello?" }] });
  await stored(app, 12);
};

/** A call with its answer read to the end. */
export async function makeCall(app: Filled, body: object): Promise<Response> {
  const response = await app.chat(body);
  await response.arrayBuffer();
  return response;
}

/** Waits until at least so many calls can be read. */
export function stored(app: Filled, count: number): Promise<void> {
  return until(async () => (await app.client.calls.list({ limit: Math.min(count, 200) })).calls.length >= count);
}
