// Bedrock says in the address what others say in the body: the model, and whether the answer is to come as a stream.
import { checkRequest, createInvokePacker, FRAMES_TYPE, unwrapInvoke } from "../../../providers/index.ts";
import { interfacesErrors } from "../../errors.ts";
import { parseJson, readBody } from "../read-body.ts";
import { type Asked, chatIn, countIn, type ModelApiDeps, serveCall } from "./serve-call.ts";

const DIALECT = "bedrock-converse";
const CALL = /^\/model\/(.+)\/([a-z-]+)$/;

export async function serveBedrock(request: Request, deps: ModelApiDeps): Promise<Response> {
  const { pathname } = new URL(request.url);
  const [, name = "", action = ""] = CALL.exec(pathname) ?? [];
  const model = unescape(name);
  if (action === "invoke") return serveCall(request, invokeIn({ model, stream: false }), deps);
  if (action === "invoke-with-response-stream")
    return packed(await serveCall(request, invokeIn({ model, stream: true }), deps));
  return serveCall(request, askedAt(pathname, { model, action }), deps);
}

/** What is unknown is refused once it is known who asks. */
function askedAt(path: string, { model, action }: { model: string; action: string }): Asked {
  switch (action) {
    case "converse":
      return chatIn(DIALECT, { model, stream: false });
    case "converse-stream":
      return chatIn(DIALECT, { model, stream: true });
    case "count-tokens":
      return countIn(DIALECT, { model, stream: false });
    default:
      return {
        dialect: DIALECT,
        read: () => Promise.reject(interfacesErrors.no_such_path({ method: "POST", path })),
      };
  }
}

/** Claude's Messages in Bedrock's wrapping. Whoever asks so knows Bedrock's errors. */
function invokeIn(said: { model: string; stream: boolean }): Asked {
  return {
    dialect: DIALECT,
    async read(request, { body_bytes_max }) {
      const given = await readBody(request, body_bytes_max);
      const { text, beta } = unwrapInvoke(given, { body: parseJson(given), ...said });
      const headers = new Headers(beta === "" ? {} : { "anthropic-beta": beta });
      return checkRequest("anthropic-messages", { text, body: said, headers });
    },
  };
}

/** A stream's events in frames; anything else as it is. */
function packed(response: Response): Response {
  if (!response.body || !response.headers.get("content-type")?.startsWith("text/event-stream")) return response;
  const pack = createInvokePacker();
  const frames = new TransformStream<Uint8Array, Uint8Array>({
    transform: (bytes, controller) => controller.enqueue(pack(bytes)),
  });
  const headers = new Headers(response.headers);
  headers.set("content-type", FRAMES_TYPE);
  headers.set("x-amzn-bedrock-content-type", "application/json");
  return new Response(response.body.pipeThrough(frames), { headers, status: response.status });
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
