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

/** Far more than any request needs, and far less than those who walk through it could bear. */
const JSON_DEPTH_MAX = 200;

/**
 * Throws `interfaces.not_json`, with the place where it broke as far as the parser says, and `interfaces.json_too_deep`. The
 * depth is looked for in what was parsed, not in the text: a request is long by its texts, and each of those is one step.
 */
export function parseJson(text: string): unknown {
  const value = parse(text);
  if (isDeeper(value, JSON_DEPTH_MAX)) throw interfacesErrors.json_too_deep({ max: JSON_DEPTH_MAX });
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof RangeError) throw interfacesErrors.json_too_deep({ max: JSON_DEPTH_MAX }, cause);
    const detail = text.trim() === "" ? "it is empty" : cause instanceof Error ? cause.message : "it does not parse";
    throw interfacesErrors.not_json({ detail }, cause);
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (const each of value) if (typeof each === "object" && isDeeper(each, levels - 1)) return true;
    return false;
  }
  // What was parsed inherits nothing that could be walked through.
  for (const name in value) {
    const each = (value as Record<string, unknown>)[name];
    if (typeof each === "object" && isDeeper(each, levels - 1)) return true;
  }
  return false;
}
