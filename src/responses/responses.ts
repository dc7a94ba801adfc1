// The face of stored responses. There is no store of their own: a response is a call on the record, found by its id.
import type { Gateway, IncomingCall } from "../gateway/index.ts";
import type { Principal } from "../governance/index.ts";
import type { World } from "../kernel/index.ts";
import type { Ledger } from "../ledger/index.ts";
import { alone, type Peers } from "../workers/index.ts";
import { callIdIn } from "../providers/index.ts";
import { withPeers } from "./background-elsewhere.ts";
import { createBackground } from "./background.ts";
import type { ResponsesConfig } from "./config.ts";
import { responsesErrors } from "./errors.ts";
import { itemsOf, readStored } from "./stored-response.ts";

type Json = Record<string, unknown>;

export interface Responses {
  /** Whether we keep the response of this id; a vendor gave all others. */
  isOurs(id: string): boolean;
  /** The body with the conversation that it goes on from, in place of its id. Throws as `find` does, and `responses.too_long`. */
  withHistory(body: Json, principal: Principal): Promise<Json>;
  /** Throws `responses.not_found`, `responses.cut`. */
  find(id: string, principal: Principal): Promise<Json>;
  /** What was asked, history included. Throws as `find` does. */
  inputOf(id: string, principal: Principal): Promise<unknown[]>;
  /** Begins to work on it; the response as it stands. */
  startInBackground(incoming: Omit<IncomingCall, "signal">): Promise<Json>;
  /** The response afterwards. Throws as `find` does. */
  cancel(id: string, principal: Principal): Promise<Json>;
  close(): Promise<void>;
}

export interface ResponsesDeps {
  world: World;
  ledger: Ledger;
  gateway: Gateway;
  /** Other processes of this installation, which may be at work on what this one is asked for. */
  peers?: Peers;
}

export function createResponses(
  config: ResponsesConfig,
  { world, ledger, gateway, peers = alone }: ResponsesDeps,
): Responses {
  const background = withPeers(createBackground(config, { world, gateway }), peers);

  async function find(id: string, principal: Principal): Promise<Json> {
    return (await background.find(id, principal.keyId)) ?? (await readStored(ledger, id, principal)).response;
  }

  return {
    isOurs: (id) => callIdIn(id) !== undefined,
    find,
    inputOf: async (id, principal) => (await readStored(ledger, id, principal)).input,
    async withHistory(body, principal) {
      const { previous_response_id: previous, ...rest } = body;
      if (typeof previous !== "string" || callIdIn(previous) === undefined) return body;
      const { input, response } = await readStored(ledger, previous, principal);
      const output = Array.isArray(response["output"]) ? response["output"] : [];
      const items = [...input, ...output, ...itemsOf(body["input"])];
      const max = config.history_items_max;
      if (items.length > max) throw responsesErrors.too_long({ id: previous, max, param: "previous_response_id" });
      return { ...rest, input: items };
    },
    startInBackground: background.start,
    async cancel(id, principal) {
      await background.cancel(id, principal.keyId);
      return find(id, principal);
    },
    close: background.close,
  };
}
