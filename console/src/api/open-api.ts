// The typed client as this page uses it, and when the server was last heard on a live stream. A stream also carries
// silent keep-alive comments, which the client swallows; here they are what tells a quiet house from a dead line.
import { createClient, type BinnacleClient } from "../../../client/index.ts";

export interface Api {
  client: BinnacleClient;
  /** The server's address, without a path: what callers put before `/v1`. */
  origin: string;
  /** When the last bytes of a live stream came, in epoch milliseconds; null before the first. */
  lastHeardMs: () => number | null;
  /** What changes by the browser's cookie carry besides; null where there is none. */
  setCsrf: (token: string | null) => void;
}

/** Without a `key` the browser's cookie signs in. */
export function openApi(origin: string, key?: string): Api {
  let heardMs: number | null = null;
  let csrf: string | null = null;
  const note = (): void => {
    heardMs = Date.now();
  };
  const client = createClient({
    url: origin,
    ...(key !== undefined && { key }),
    fetch: async (request, init) => {
      if (csrf !== null && request.method !== "GET") request.headers.set("x-csrf-token", csrf);
      return listen(await fetch(request, init), note);
    },
  });
  return {
    client,
    origin,
    lastHeardMs: () => heardMs,
    setCsrf(token) {
      csrf = token;
    },
  };
}

/** Passes a response on unchanged; of an event stream it reports each chunk as it goes by. */
function listen(response: Response, note: () => void): Response {
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  if (!isStream || response.body === null) return response;
  note();
  const tap = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      note();
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(tap), response);
}
