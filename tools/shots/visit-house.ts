// A server that somebody else started, as the house that pictures are taken of. Leaving it does not end it.
import { createClient } from "../../client/index.ts";
import type { House } from "../../test/console/support/house/house.ts";
import type { GivenServer } from "./plan-shots.ts";

export function visitHouse({ url, key }: GivenServer): House {
  return {
    url,
    key,
    client: createClient({ url, key }),
    chat: (body) =>
      fetch(`${url}/v1/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
        body: JSON.stringify(body),
      }),
    people: [],
    close: async () => undefined,
  };
}
