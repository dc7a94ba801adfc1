// Bedrock says in the address what others say in the body: the model, and whether the answer is to come as a stream.
import { interfacesErrors } from "../../errors.ts";
import { type Asked, chatIn, countIn } from "./serve-call.ts";

const DIALECT = "bedrock-converse";
const CALL = /^\/model\/(.+)\/([a-z-]+)$/;

/** What is unknown is refused once it is known who asks. */
export function bedrockAt(url: string): Asked {
  const { pathname } = new URL(url);
  const [, name = "", action] = CALL.exec(pathname) ?? [];
  const model = unescape(name);
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
