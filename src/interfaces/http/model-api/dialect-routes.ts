// The addresses of the model API: which path speaks which dialect.
import type { BunRequest, Server } from "bun";
import { interfacesErrors } from "../../errors.ts";
import { errorResponse } from "./respond.ts";
import { type ModelApiDeps, serveModelCall, type Spoken } from "./serve-call.ts";

const FIXED_PATHS = {
  "/v1/chat/completions": "openai-chat",
  "/v1/responses": "openai-responses",
  "/v1/messages": "anthropic-messages",
} as const;
const GEMINI_PATHS = ["/v1beta/models/*", "/v1/models/*"];
const GEMINI_CALL = /\/models\/(.+):(generateContent|streamGenerateContent)$/;

type Routes = Record<string, { POST(request: BunRequest, server: Server<undefined>): Promise<Response> }>;

/** For `Bun.serve`: the path of a call does not go through Hono, which would cost each of them 1.5 µs of CPU. */
export function createDialectRoutes(deps: ModelApiDeps): Routes {
  const serve = (request: Request, server: Server<undefined>, spoken: Spoken): Promise<Response> => {
    server.timeout(request, 0);
    return serveModelCall(request, spoken, deps);
  };
  const routes: Routes = {};
  for (const [path, dialect] of Object.entries(FIXED_PATHS)) {
    const spoken = { dialect };
    routes[path] = { POST: (request, server) => serve(request, server, spoken) };
  }
  for (const path of GEMINI_PATHS)
    routes[path] = {
      async POST(request, server) {
        const spoken = spokenInAddress(request.url);
        if (spoken) return serve(request, server, spoken);
        const { pathname } = new URL(request.url);
        return errorResponse(interfacesErrors.no_such_path({ method: "POST", path: pathname }), deps.world, "gemini");
      },
    };
  return routes;
}

/** Gemini says model and streaming in the address. A slash within the model may come as it is, or escaped. */
function spokenInAddress(url: string): Spoken | undefined {
  const [, model, action] = GEMINI_CALL.exec(new URL(url).pathname) ?? [];
  if (model === undefined) return undefined;
  return { dialect: "gemini", address: { model: decode(model), stream: action === "streamGenerateContent" } };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
