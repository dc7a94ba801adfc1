// A connection to the running server: the typed client of its API, and its model API by plain fetch. Failures on the
// way become errors that say what to do; there is no retry here.
import { z } from "zod";
import { createClient, type BinnacleClient } from "../../../client/index.ts";
import { AppError, toAppError } from "../../kernel/index.ts";
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
  post(path: string, body: unknown): Promise<Response>;
  /** Asks for a path, or sends it bytes, for as long as that takes. Any status is an answer. */
  send(path: string, init?: RequestInit): Promise<Response>;
}

/** Nothing is sent yet. A key that is missing is told only when the server asks for one: it may not run at all. */
export function connect(cli: Cli, key: Key = tryFindKey(cli)): Connection {
  const { url } = findServer(cli);
  const send = createSend(cli, { url, key });
  const clientThat = (timeoutMs?: number): BinnacleClient =>
    createClient({ url, fetch: (request) => send(request, { timeoutMs }) });
  return {
    url,
    api: clientThat(ANSWER_TIMEOUT_MS),
    stream: clientThat(),
    post: (path, body) => {
      const headers = { "content-type": "application/json" };
      return send(new Request(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) }), {});
    },
    send: (path, init) => send(new Request(`${url}${path}`, init), {}),
  };
}

type Key = { value: string } | { missing: AppError | undefined };

/** For asking as a stranger would. */
export const withoutKey: Key = { missing: undefined };

function tryFindKey(cli: Cli): Key {
  try {
    return { value: findKey(cli) };
  } catch (error) {
    return { missing: toAppError(error) };
  }
}

function createSend({ host }: Cli, { url, key }: { url: string; key: Key }) {
  return async (request: Request, { timeoutMs }: { timeoutMs?: number | undefined }): Promise<Response> => {
    if ("value" in key) request.headers.set("authorization", `Bearer ${key.value}`);
    const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([request.signal, host.signal, ...(timeout ? [timeout] : [])]);
    // Bun's own time-out is off: model answers may be silent for longer.
    const response = await host.fetch(request, { signal, timeout: false }).catch((cause: unknown) => {
      if (timeout?.aborted) throw cliErrors.no_answer({ url, seconds: ANSWER_TIMEOUT_MS / 1000 }, cause);
      throw signal.aborted ? cause : cliErrors.not_running({ url }, cause);
    });
    if (!/json|event-stream|csv|parquet|x-cef/.test(response.headers.get("content-type") ?? ""))
      throw cliErrors.not_binnacle({ url, status: response.status });
    if (response.status === 401 && "missing" in key && key.missing) throw key.missing;
    return response;
  };
}

const refusalSchema = z.object({
  error: z.object({ message: z.string(), code: z.string().nullish(), fix: z.string().nullish() }),
});

/** The error in an answer that is none: the server's own words, or its status. */
export async function readRefusal(response: Response): Promise<AppError> {
  const told = refusalSchema.safeParse(await response.json().catch(() => undefined)).data?.error;
  const callId = response.headers.get("x-binnacle-call-id");
  const look = callId ? `\`binnacle calls show ${callId}\` shows what happened.` : undefined;
  return new AppError({
    code: told?.code ?? "cli.refused",
    status: response.status,
    retry: "never",
    message: told?.message ?? `The server answered with HTTP ${response.status}.`,
    fix: told?.fix ?? look ?? "`binnacle doctor` checks what is needed.",
    params: {},
  });
}
