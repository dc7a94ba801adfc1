// Reads a request's body within its bound.
import { interfacesErrors } from "../errors.ts";

/** The body as text. Throws `interfaces.body_too_large`. */
export async function readBody(request: Request, bytesMax: number): Promise<string> {
  return hasKnownLength(request, bytesMax) ? request.text() : (await readUpTo(request, bytesMax)).toString("utf8");
}

type TooLarge = (said: { max: number }) => Error;

/** Throws `interfaces.body_too_large`, or what is given in its place. */
export async function readBytes(
  request: Request,
  bytesMax: number,
  tooLarge: TooLarge = interfacesErrors.body_too_large,
): Promise<Uint8Array> {
  return hasKnownLength(request, bytesMax, tooLarge) ? request.bytes() : readUpTo(request, bytesMax, tooLarge);
}

/** Throws `interfaces.body_too_large` and `interfaces.not_a_form`. */
export async function readForm(request: Request, bytesMax: number): Promise<FormData> {
  const bytes = await readBytes(request, bytesMax);
  const headers = { "content-type": request.headers.get("content-type") ?? "" };
  // Bun's declaration of `FormData` has two faces; this is the one.
  return (new Response(bytes as Uint8Array<ArrayBuffer>, { headers }).formData() as Promise<FormData>).catch(
    (cause: unknown) => {
      throw interfacesErrors.not_a_form({ type: headers["content-type"] }, cause);
    },
  );
}

// A body of a stated length is read in one go; the server lets no more through than was stated.
function hasKnownLength(
  request: Request,
  bytesMax: number,
  tooLarge: TooLarge = interfacesErrors.body_too_large,
): boolean {
  const length = Number(request.headers.get("content-length") ?? Number.NaN);
  if (length > bytesMax) throw tooLarge({ max: bytesMax });
  return Number.isFinite(length);
}

async function readUpTo(
  request: Request,
  bytesMax: number,
  tooLarge: TooLarge = interfacesErrors.body_too_large,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > bytesMax) throw tooLarge({ max: bytesMax });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
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
