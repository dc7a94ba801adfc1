// What is asked for beside a chat: in OpenAI's protocol, or in a vendor's own words.
import {
  checkEmbeddings,
  checkOperation,
  checkRerank,
  type NativeRequest,
  type OpenAiOperation,
  openAiOperations,
} from "../../../providers/index.ts";
import { parseJson, readBody, readBytes, readForm } from "../read-body.ts";
import type { Asked } from "./serve-call.ts";

export function operationIn(operation: OpenAiOperation): Asked {
  return {
    dialect: "openai-chat",
    async read(request, { body_bytes_max: bytesMax }) {
      if (openAiOperations[operation].isForm)
        return checkOperation(operation, { form: await readForm(request, bytesMax) });
      const text = await readBody(request, bytesMax);
      return checkOperation(operation, { text, body: parseJson(text) });
    },
  };
}

export function rerankIn(version: 1 | 2): Asked {
  return {
    dialect: "cohere-chat",
    async read(request, { body_bytes_max: bytesMax }) {
      const text = await readBody(request, bytesMax);
      return checkRerank({ text, body: parseJson(text) }, version);
    },
  };
}

/** In Cohere's format, or in Gemini's, which says the model in the address. */
export function embeddingsIn(dialect: "gemini" | "cohere-chat", model?: string): Asked {
  return {
    dialect,
    async read(request, { body_bytes_max: bytesMax }) {
      const text = await readBody(request, bytesMax);
      return checkEmbeddings(dialect, { text, body: parseJson(text), ...(model !== undefined && { model }) });
    },
  };
}

/** Ours, the connection's own, and whatever names the caller to us. */
const NOT_FORWARDED =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|content-length|accept-encoding|authorization|cookie|x-api-key|x-goog-api-key|api-key|x-csrf-token|forwarded|via|proxy-.*|x-forwarded-.*|x-real-ip|x-binnacle-.*|sec-.*)$/;

/** `path` is what stands behind the vendor's name in the address. */
export function nativeAt(vendor: string, path: string): Asked {
  return {
    dialect: "openai-chat",
    isForKeysOnly: true,
    async read(request, { body_bytes_max: bytesMax }) {
      const { method, headers } = request;
      const bytes = method === "GET" ? undefined : await readBytes(request, bytesMax);
      const isJson = headers.get("content-type")?.startsWith("application/json") ?? false;
      const text = isJson && bytes ? Buffer.from(bytes).toString() : "";
      const native: NativeRequest = {
        vendor,
        method,
        path: withoutKey(path),
        headers: forwarded(headers),
        body: bytes,
      };
      const what = modelIn(text) ?? path.replace(/^\/|\?.*$/g, "");
      return {
        operation: "native",
        dialect: "openai-chat",
        text,
        native,
        model: what,
        stream: false,
        includeUsage: false,
      };
    },
  };
}

function forwarded(headers: Headers): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of headers) if (!NOT_FORWARDED.test(name)) kept[name] = value;
  return kept;
}

/** Google's clients may say their key in the address: it is ours, and the vendor must not see it. */
function withoutKey(path: string): string {
  const [bare = "", query] = path.split("?", 2);
  const kept = query?.split("&").filter((pair) => !pair.startsWith("key="));
  return kept && kept.length > 0 ? `${bare}?${kept.join("&")}` : bare;
}

function modelIn(text: string): string | undefined {
  try {
    const { model } = JSON.parse(text) as { model?: unknown };
    return typeof model === "string" && model !== "" ? model : undefined;
  } catch {
    return undefined;
  }
}
