// The addresses of the model API: which path speaks which dialect, or asks for what else.
import type { BunRequest, Server } from "bun";
import { type OpenAiOperation, openAiOperations } from "../../../providers/index.ts";
import { serveBedrock } from "./bedrock-address.ts";
import { geminiAt } from "./gemini-address.ts";
import { embeddingsIn, operationIn, rerankIn } from "./operations.ts";
import { type ResponsesDeps, serveResponse } from "./responses.ts";
import { type Asked, chatIn, countIn, serveCall } from "./serve-call.ts";

const asked: Readonly<Record<string, Asked>> = {
  "/v1/chat/completions": chatIn("openai-chat"),
  "/v1/messages": chatIn("anthropic-messages"),
  "/v1/messages/count_tokens": countIn("anthropic-messages"),
  "/v1/responses/input_tokens": countIn("openai-responses"),
  "/v1/rerank": rerankIn(1),
  "/v2/rerank": rerankIn(2),
  "/v2/chat": chatIn("cohere-chat"),
  "/api/chat": chatIn("ollama-chat"),
  "/v2/embed": embeddingsIn("cohere-chat"),
  ...Object.fromEntries(
    Object.entries(openAiOperations).map(([name, { path }]) => [`/v1${path}`, operationIn(name as OpenAiOperation)]),
  ),
};

const GEMINI_PATHS = ["/v1beta/*", "/v1/models/*"];

type Routes = Record<string, { POST(request: BunRequest, server: Server<unknown>): Promise<Response> }>;

/** For `Bun.serve`: the path of a call does not go through Hono, which would cost each of them 1.5 µs of CPU. */
export function createModelRoutes(deps: ResponsesDeps): Routes {
  const routes: Routes = {
    "/v1/responses": {
      POST(request, server) {
        server.timeout(request, 0);
        return serveResponse(request, deps);
      },
    },
  };
  for (const path of GEMINI_PATHS)
    routes[path] = {
      POST(request, server) {
        server.timeout(request, 0);
        return serveCall(request, geminiAt(request.url), deps);
      },
    };
  // The name of a model may be that of an inference profile, with slashes in it.
  routes["/model/*"] = {
    POST(request, server) {
      server.timeout(request, 0);
      return serveBedrock(request, deps);
    },
  };
  for (const [path, what] of Object.entries(asked))
    routes[path] = {
      POST(request, server) {
        server.timeout(request, 0);
        return serveCall(request, what, deps);
      },
    };
  return routes;
}
