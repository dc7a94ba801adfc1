// A connection to the running server: the typed client of its API, and its model API by plain fetch. Failures on the
// way become errors that say what to do; there is no retry here.
import { createClient, type BinnacleClient } from "../../../client/index.ts";
import type { Cli } from "./cli.ts";
import { cliErrors } from "./errors.ts";
import { findKey, findServer } from "./find-server.ts";

const ANSWER_TIMEOUT_MS = 30_000;

export interface Connection {
  url: string;
  /** For questions that are answered at once; each is given up after half a minute. */
  api: BinnacleClient;
  /** For answers that go on for as long as the command does. */
  stream: BinnacleClient;
  /** POSTs JSON to a path of the model API. Any status is an answer. */
  post(path: string, body: unknown, signal?: AbortSignal): Promise<Response>;
}

export function connect(cli: Cli): Connection {
  const { url } = findServer(cli);
  const key = findKey(cli);
  const send = createSend(cli, url);
  const clientThat = (timeoutMs?: number): BinnacleClient =>
    createClient({ url, key, fetch: (request) => send(request, { timeoutMs }) });
  return {
    url,
    api: clientThat(ANSWER_TIMEOUT_MS),
    stream: clientThat(),
    post: (path, body, signal) => {
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
      const request = new Request(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
      return send(request, { signal });
    },
  };
}

interface SendOptions {
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

function createSend({ host }: Cli, url: string) {
  return async (request: Request, { timeoutMs, signal }: SendOptions): Promise<Response> => {
    const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
    const signals = [request.signal, host.signal, timeout, signal].filter((one) => one !== undefined);
    // Bun's own time-out is off: model answers may be silent for longer.
    const init = { signal: AbortSignal.any(signals), timeout: false };
    const response = await host.fetch(request, init).catch((cause: unknown) => {
      if (timeout?.aborted) throw cliErrors.no_answer({ url, seconds: ANSWER_TIMEOUT_MS / 1000 }, cause);
      throw init.signal.aborted ? cause : cliErrors.not_running({ url }, cause);
    });
    if (/json|event-stream/.test(response.headers.get("content-type") ?? "")) return response;
    throw cliErrors.not_binnacle({ url, status: response.status });
  };
}
