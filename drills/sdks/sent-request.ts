// A request, in so many words that one that left a test and one that reached a vendor can be told to be the same.

export interface SentRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: Headers;
  bytes: ArrayBuffer;
}

/** What SDKs put into headers although it is part of what is asked. */
const SAYING = /^(?:content-type|anthropic-.*|openai-.*)$/;

/** A body by its digest; a form by its fields, because each sender of a form draws a line of its own between them. */
export async function describeRequest({ method, path, headers, bytes }: SentRequest): Promise<string> {
  const said = [...headers]
    .filter(([name]) => SAYING.test(name))
    .map(([name, value]) => `${name}: ${value.replace(/;\s*boundary=.*/, "")}`)
    .toSorted();
  const isForm = headers.get("content-type")?.startsWith("multipart/form-data") ?? false;
  const body = isForm ? await describeForm(new Response(bytes, { headers })) : describeBytes(bytes);
  return [`${method} ${path}`, ...said, body].join(", ");
}

function describeBytes(bytes: ArrayBuffer): string {
  return `${bytes.byteLength} bytes ${new Bun.CryptoHasher("sha256").update(bytes).digest("hex").slice(0, 16)}`;
}

async function describeForm(response: Response): Promise<string> {
  const fields: string[] = [];
  for (const [name, value] of await response.formData()) {
    const text = typeof value === "string" ? value : `${value.name} ${describeBytes(await value.arrayBuffer())}`;
    fields.push(`${name}=${text}`);
  }
  return fields.toSorted().join("&");
}

/** Those that were sent and did not arrive as they were. */
export function lostOf(sent: readonly string[], heard: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const each of heard) left.set(each, (left.get(each) ?? 0) + 1);
  return sent.filter((each) => {
    const count = left.get(each) ?? 0;
    left.set(each, count - 1);
    return count <= 0;
  });
}
