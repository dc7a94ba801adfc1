// The typed client of the control-plane API, for the console, the CLI and anyone's scripts. It knows contracts only.
import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { OpenAPILink } from "@orpc/openapi-client/fetch";
import { apiContract, type ApiContract } from "../src/interfaces/contract.ts";

export type BinnacleClient = ContractRouterClient<ApiContract>;

export interface ClientOptions {
  /** The server's address without a path, such as `http://127.0.0.1:4100`. */
  url: string;
  /** An API key; the console leaves it out and signs in by cookie. */
  key?: string;
  fetch?: (input: Request, init: RequestInit) => Promise<Response>;
}

/** `createClient({ url, key }).calls.list({ limit: 10 })`. Rejects with ORPCError { code, status, message, data: { fix } }. */
export function createClient(options: ClientOptions): BinnacleClient {
  const link = new OpenAPILink(apiContract, {
    url: `${options.url.replace(/\/$/, "")}/api/v1`,
    headers: () => (options.key ? { authorization: `Bearer ${options.key}` } : {}),
    fetch: (request, init) => (options.fetch ?? globalThis.fetch)(request, { ...init, credentials: "same-origin" }),
  });
  return createORPCClient(link);
}
