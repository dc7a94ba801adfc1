// A house that has been lived in: the demo week, for pages that need variety to show anything.
import { startDemo } from "../../../support/demo.ts";
import type { House, HouseOptions } from "./house.ts";

/** In the place of `start`. It takes some ten seconds; `data` and `config` are its own. */
export async function startDemoHouse({ consoleFolder }: HouseOptions): Promise<House> {
  const demo = await startDemo({ consoleFolder });
  const key = demo.keys.owner;
  return {
    url: demo.url,
    key,
    client: demo.clientOf(key),
    chat: (body) =>
      fetch(`${demo.url}/v1/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
        body: JSON.stringify(body),
      }),
    people: demo.people,
    close: demo.stop,
  };
}
