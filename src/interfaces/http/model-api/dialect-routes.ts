// The addresses of the model API: which path speaks which dialect.
import type { BunRequest, Server } from "bun";
import type { DialectName } from "../../../providers/index.ts";
import { type ModelApiDeps, serveModelCall } from "./serve-call.ts";

const PATHS: Readonly<Record<string, DialectName>> = {
  "/v1/chat/completions": "openai-chat",
  "/v1/messages": "anthropic-messages",
};

type Routes = Record<string, { POST(request: BunRequest, server: Server<undefined>): Promise<Response> }>;

/** For `Bun.serve`: the path of a call does not go through Hono, which would cost each of them 1.5 µs of CPU. */
export function createDialectRoutes(deps: ModelApiDeps): Routes {
  const routes: Routes = {};
  for (const [path, dialect] of Object.entries(PATHS)) {
    const spoken = { dialect };
    routes[path] = {
      POST(request, server) {
        server.timeout(request, 0);
        return serveModelCall(request, spoken, deps);
      },
    };
  }
  return routes;
}
