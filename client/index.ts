// The typed client of the control-plane API, for the console, the CLI and anyone's scripts. It knows the types of the
// contracts, and where their operations are.
import { createORPCClient } from "@orpc/client";
import type { AnyContractRouter, ContractRouterClient } from "@orpc/contract";
import { OpenAPILink } from "@orpc/openapi-client/fetch";
import type { ApiContract } from "../src/interfaces/contract.ts";
import operations from "./operations.generated.json" with { type: "json" };

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
  // JSON says "GET" where the type of a route says which methods there are; the generator wrote it from the contracts.
  const link = new OpenAPILink(operations as unknown as AnyContractRouter, {
    url: `${options.url.replace(/\/$/, "")}/api/v1`,
    headers: () => (options.key ? { authorization: `Bearer ${options.key}` } : {}),
    fetch: (request, init) => (options.fetch ?? globalThis.fetch)(request, { ...init, credentials: "same-origin" }),
  });
  return createORPCClient(link);
}
