// Gemini says in the address what others say in the body: the model, what is wanted of it, and how it is to come.
import { interfacesErrors } from "../../errors.ts";
import { embeddingsIn } from "./operations.ts";
import { type Asked, chatIn, countIn } from "./serve-call.ts";

const CALL = /^\/v1(?:beta)?\/(?:models\/)?(.+):([a-zA-Z]+)$/;

/** A slash within the model may come as it is, or escaped; some clients then leave out the word before it. What is unknown is refused once it is known who asks. */
export function geminiAt(url: string): Asked {
  const { pathname, searchParams } = new URL(url);
  const [, name = "", action] = CALL.exec(pathname) ?? [];
  const model = unescape(name);
  switch (action) {
    case "generateContent":
      return chatIn("gemini", { model, stream: false });
    case "streamGenerateContent":
      return chatIn("gemini", { model, stream: true, ...(searchParams.get("alt") !== "sse" && { framing: "array" }) });
    case "countTokens":
      return countIn("gemini", { model, stream: false });
    case "embedContent":
    case "batchEmbedContents":
      return embeddingsIn("gemini", model);
    default:
      return {
        dialect: "gemini",
        read: () => Promise.reject(interfacesErrors.no_such_path({ method: "POST", path: pathname })),
      };
  }
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
