// Reads a request's body within its bound.
import { interfacesErrors } from "../errors.ts";

/** The body as text. Throws `interfaces.body_too_large`. */
export async function readBody(request: Request, bytesMax: number): Promise<string> {
  const length = Number(request.headers.get("content-length") ?? Number.NaN);
  if (length > bytesMax) throw interfacesErrors.body_too_large({ max: bytesMax });
  // A body of a stated length is read in one go; the server lets no more through than was stated.
  if (Number.isFinite(length)) return request.text();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > bytesMax) throw interfacesErrors.body_too_large({ max: bytesMax });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Throws `interfaces.not_json`, with the place where it broke as far as the parser says. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const detail = text.trim() === "" ? "it is empty" : cause instanceof Error ? cause.message : "it does not parse";
    throw interfacesErrors.not_json({ detail }, cause);
  }
}
