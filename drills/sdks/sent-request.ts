// A request, in so many words that one that left a test and one that reached a vendor can be told to be the same.

interface Sent {
  method: string;
  /** With the query. */
  path: string;
  headers: Headers;
  bytes: ArrayBuffer;
}

/** What makers put into headers although it is part of what is asked. */
const SAYING = /^(?:content-type|anthropic-.*|openai-.*)$/;
/** Is one of the vendor's own, which the browser-like half of the SDK says for itself. */
const NOT_SAYING = new Set(["anthropic-dangerous-direct-browser-access"]);

export function describeRequest({ method, path, headers, bytes }: Sent): string {
  const said = [...headers].filter(([name]) => SAYING.test(name) && !NOT_SAYING.has(name)).toSorted();
  const digest = new Bun.CryptoHasher("sha256").update(bytes).digest("hex").slice(0, 16);
  return `${method} ${path} ${JSON.stringify(Object.fromEntries(said))} ${bytes.byteLength} bytes ${digest}`;
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
