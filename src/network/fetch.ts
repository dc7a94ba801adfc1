// `fetch` for the calls that this program makes by the thousand: plain requests to servers that are asked again and again.
// Bun's own does its work on a thread apart, and the way there and back costs more than the request (docs/decisions/0014).
import {
  type Cancellation,
  createCancellation,
  type Fetch,
  type FetchInit,
  type HttpAnswer,
  withSignal,
} from "../kernel/index.ts";
import type { WireRequest } from "./connection.ts";
import { createConnectionPool, type ConnectionPool } from "./pool.ts";

interface Place {
  pool: ConnectionPool;
  host: string;
  path: string;
}

/** Addresses that are remembered. Beyond that they are parsed again. */
const PLACES_MAX = 1000;
/** Content encodings, as `DecompressionStream` names them. Its declaration lags behind Bun. */
const DECODERS: Readonly<Record<string, string>> = {
  gzip: "gzip",
  "x-gzip": "gzip",
  deflate: "deflate",
  br: "brotli",
  zstd: "zstd",
};

/**
 * Sends what it can on connections of its own: `http:` and `https:`, text or bytes as body, plain headers, redirects not
 * followed. All else goes to `other`, as does everything while `usesProxy`: proxies are its business.
 */
export function createFetch({ other, usesProxy }: { other: typeof fetch; usesProxy: boolean }): Fetch {
  const pools = new Map<string, ConnectionPool>();
  const places = new Map<string, Place>();

  function placeOf(url: string, ip: string | undefined): Place {
    const name = ip === undefined ? url : `${ip} ${url}`;
    const known = places.get(name);
    if (known) return known;
    const { protocol, hostname, port, host, pathname, search } = new URL(url);
    const isSecure = protocol === "https:";
    const key = ip === undefined ? `${protocol}//${host}` : `${ip} ${protocol}//${host}`;
    const pool =
      pools.get(key) ??
      createConnectionPool({
        // An address in brackets is IPv6; sockets want it bare.
        hostname: hostname.replace(/^\[(.*)\]$/, "$1"),
        ip,
        port: Number(port || (isSecure ? 443 : 80)),
        isSecure,
      });
    pools.set(key, pool);
    const place = { pool, host, path: pathname + search };
    if (places.size >= PLACES_MAX) places.clear();
    places.set(name, place);
    return place;
  }

  return async (url, init) => {
    if (usesProxy || !isPlain(url, init)) {
      // Proxies look names up themselves; nobody else may, where it has been said which address is meant.
      if (!usesProxy && init.address !== undefined) throw new TypeError("a request to a given address must be plain");
      return other(url, withSignal(init));
    }
    const cancellation = init.cancellation ?? cancelledBy(init.signal);
    if (cancellation?.isCancelled) throw cancellation.reason;
    const place = placeOf(url, init.address);
    const { connectTimeoutMs } = init;
    return decoded(await place.pool.send(writeRequest(init, place), { cancellation, connectTimeoutMs }));
  };
}

function cancelledBy(signal: AbortSignal | null | undefined): Cancellation | undefined {
  if (!signal) return undefined;
  const cancellation = createCancellation();
  if (signal.aborted) cancellation.cancel(signal.reason);
  else signal.addEventListener("abort", () => cancellation.cancel(signal.reason), { once: true });
  return cancellation;
}

/** The requests that are sent from here. */
interface PlainRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | null;
}

function isPlain(url: string, { body, redirect, headers = {} }: FetchInit): boolean {
  return (
    redirect === "manual" &&
    /^https?:\/\/[^@]*$/.test(url) &&
    (body === undefined || body === null || typeof body === "string" || body instanceof Uint8Array) &&
    Object.getPrototypeOf(headers) === Object.prototype
  );
}

function writeRequest(init: FetchInit, { host, path }: Place): WireRequest {
  const { method = "GET", headers = {}, body } = init as PlainRequest;
  let head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\naccept: */*\r\naccept-encoding: identity\r\n`;
  for (const name in headers) head += headerLine(name, headers[name] ?? "");
  if (method !== "GET") head += `content-length: ${Buffer.byteLength(body ?? "")}\r\n`;
  head += "\r\n";
  return typeof body === "string" ? { text: head + body, bytes: undefined } : { text: head, bytes: body ?? undefined };
}

/** Throws on what would end the line: a header must not smuggle in another. */
function headerLine(name: string, value: string): string {
  const line = `${name}: ${value}`;
  if (/[\r\n\0]/.test(line)) throw new TypeError(`the header ${JSON.stringify(name)} holds a line break`);
  return `${line}\r\n`;
}

/** We ask for plain bytes; what comes compressed all the same is unpacked as fetch would. */
function decoded(answer: HttpAnswer): HttpAnswer {
  const encoding = answer.headers.get("content-encoding")?.toLowerCase();
  if (encoding === undefined || encoding === "identity" || !answer.body) return answer;
  const format = DECODERS[encoding];
  const reader = answer.body.getReader();
  if (!format) {
    void reader.cancel();
    throw new TypeError(`the answer is encoded as ${encoding}, which is not known here`);
  }
  const packed = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value } = await reader.read();
      if (value) controller.enqueue(value);
      else controller.close();
    },
    cancel: () => reader.cancel(),
  });
  const decoder = new DecompressionStream(format as CompressionFormat) as ReadableWritablePair<Uint8Array, Uint8Array>;
  const unpacked = new Response(packed.pipeThrough(decoder));
  return { status: answer.status, headers: answer.headers, body: unpacked.body, text: () => unpacked.text() };
}
