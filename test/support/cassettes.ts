// Recorded exchanges with real vendors, and a server that gives them back byte for byte. The recordings are not part
// of this project; tests that need them are skipped where they are absent.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

const FOLDER = resolve(import.meta.dir, "../../../shared/fixtures/provider-cassettes");

export interface Exchange {
  /** Cassette file and number within it. */
  name: string;
  url: string;
  request: Record<string, unknown>;
  status: number;
  headers: Record<string, string>;
  /** The recorded body; JSON or server-sent events. Empty where it is bytes that are no text. */
  body: string;
  bytes: Uint8Array;
}

export const hasCassettes = existsSync(FOLDER);

/** Every exchange of a vendor's folder with such an address and a readable body. */
export function readExchanges(vendor: string, pathEnd = "/chat/completions"): Exchange[] {
  if (!hasCassettes) return [];
  const folder = join(FOLDER, vendor);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .flatMap((file) =>
      readCassette(join(folder, file)).map((exchange, index) => ({ ...exchange, name: `${file} ${index + 1}` })),
    )
    .filter((exchange) => new URL(exchange.url).pathname.endsWith(pathEnd) && exchange.bytes.length > 0);
}

interface Recorded {
  request: { uri: string; body?: unknown; parsed_body?: unknown };
  response: { status: { code: number }; headers?: Record<string, string[]>; body?: unknown; parsed_body?: unknown };
}

/** By path: many tests of a process read the same ones. */
const parsed = new Map<string, Recorded[]>();

/** Bun's parser is fifteen times as fast, and leaves bytes as base64. */
function parseCassette(text: string): Recorded[] {
  const whole = text.includes("!!binary") ? parse(text, { customTags: ["binary"] }) : Bun.YAML.parse(text);
  const { interactions = [] } = whole as { interactions?: Recorded[] };
  return interactions;
}

function readCassette(path: string): Omit<Exchange, "name">[] {
  const recorded = parsed.get(path) ?? parseCassette(readFileSync(path, "utf8"));
  parsed.set(path, recorded);
  return recorded.map(({ request, response }) => ({
    url: request.uri,
    request: objectOf(textOf(request)),
    status: response.status.code,
    headers: Object.fromEntries(
      Object.entries(response.headers ?? {}).map(([name, values]) => [name.toLowerCase(), String(values[0])]),
    ),
    body: textOf(response),
    bytes: bytesOf(response),
  }));
}

/** A few requests are forms, or to pages that are no API. */
function objectOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text || "{}") as Record<string, unknown>;
  } catch {
    return {};
  }
}

function textOf({ body, parsed_body }: { body?: unknown; parsed_body?: unknown }): string {
  if (parsed_body !== undefined) return JSON.stringify(parsed_body);
  const text = typeof body === "object" && body !== null ? (body as { string?: unknown }).string : body;
  return typeof text === "string" ? text : "";
}

function bytesOf(recorded: { body?: unknown; parsed_body?: unknown }): Uint8Array {
  const { body } = recorded;
  const given = typeof body === "object" && body !== null ? (body as { string?: unknown }).string : body;
  return given instanceof Uint8Array ? given : Buffer.from(textOf(recorded));
}

/** The folders of recordings; none where they are absent. */
export function recordedVendors(): string[] {
  return hasCassettes ? readdirSync(FOLDER) : [];
}

export interface Replay {
  /** Ends where /chat/completions begins. */
  url: string;
  /** The same without a path. */
  origin: string;
  /** What it was asked, in order. */
  asked: { body: string; headers: Headers }[];
  close(): Promise<void>;
}

/** Answers each request with what `choose` picks, byte for byte. */
export function serveExchanges(
  choose: (body: Record<string, unknown>) => Pick<Exchange, "status" | "headers" | "body">,
): Replay {
  const asked: Replay["asked"] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const body = await request.text();
      asked.push({ body, headers: request.headers });
      const { status, headers, body: answer } = choose(JSON.parse(body) as Record<string, unknown>);
      const kept = Object.entries(headers).filter(([name]) =>
        /^(content-type|retry-after|x-ratelimit-.*|x-request-id)$/.test(name),
      );
      return new Response(answer, { status, headers: Object.fromEntries(kept) });
    },
  });
  return { url: `${server.url.href}v1`, origin: server.url.origin, asked, close: () => server.stop(true) };
}
