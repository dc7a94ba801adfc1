// Answers that are worked out while nobody waits. Each is a call like any other; it is on record when it is done. Until then it
// lives in this process, and ends with it.
import type { Gateway, IncomingCall } from "../gateway/index.ts";
import type { World } from "../kernel/index.ts";
import { responseIdOf } from "../providers/index.ts";
import type { ResponsesConfig } from "./config.ts";
import { responsesErrors } from "./errors.ts";

type Json = Record<string, unknown>;

export interface Background {
  /** The response as it stands at the beginning. Throws `responses.too_many`, and what admission throws. */
  start(incoming: Omit<IncomingCall, "signal">): Promise<Json>;
  /** The response as it stands now; undefined when it is not (or no longer) worked on. */
  find(id: string, keyId: string): Json | undefined;
  /** Resolves when its record is closed; false when it is not worked on. */
  cancel(id: string, keyId: string): Promise<boolean>;
  /** Ends all of them. */
  close(): Promise<void>;
}

interface Work {
  keyId: string;
  response: Json;
  cancelling: AbortController;
  done: Promise<void>;
}

const RETRY_AFTER_MS = 5000;

export function createBackground(
  config: Pick<ResponsesConfig, "background_max">,
  { world, gateway }: { world: World; gateway: Gateway },
): Background {
  const works = new Map<string, Work>();
  const workOf = (id: string, keyId: string): Work | undefined => {
    const work = works.get(id);
    return work?.keyId === keyId ? work : undefined;
  };

  return {
    async start(incoming) {
      const max = config.background_max;
      if (works.size >= max) throw responsesErrors.too_many({ max, retryAfterMs: RETRY_AFTER_MS });
      const cancelling = new AbortController();
      const opened = Promise.withResolvers<string>();
      const done = finish(gateway.complete({ ...incoming, signal: cancelling.signal, onOpened: opened.resolve }));
      // Where the record has no room nothing is opened: then this is what is thrown.
      const callId = await Promise.race([opened.promise, done.then(({ error }) => Promise.reject(error))]);
      const id = responseIdOf(callId);
      const response = {
        id,
        object: "response",
        created_at: Math.floor(world.nowMs() / 1000),
        status: "in_progress",
        background: true,
        error: null,
        incomplete_details: null,
        model: incoming.request.model,
        output: [],
      };
      const ended = done.then(() => void works.delete(id));
      works.set(id, { keyId: incoming.principal.keyId, response, cancelling, done: ended });
      return response;
    },
    find: (id, keyId) => workOf(id, keyId)?.response,
    async cancel(id, keyId) {
      const work = workOf(id, keyId);
      if (!work) return false;
      work.cancelling.abort(new Error("the caller cancelled it"));
      await work.done;
      return true;
    },
    async close() {
      const open = [...works.values()];
      for (const { cancelling } of open) cancelling.abort(new Error("Binnacle is closing"));
      await Promise.all(open.map(({ done }) => done));
    },
  };
}

/** How it went is on the record. */
async function finish(call: Promise<unknown>): Promise<{ error?: unknown }> {
  try {
    await call;
    return {};
  } catch (error) {
    return { error };
  }
}
