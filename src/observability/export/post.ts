// One request to a collector, and what becomes of it by OTLP's rules: taken, refused for good, or to be tried again later.
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { Reader } from "protobufjs/minimal.js";
import type { AnswerBody, HttpAnswer, World } from "../../kernel/index.ts";
import type { ExportConfig } from "./config.ts";
import type { MetricsRequest, TracesRequest } from "./wire/otlp.ts";
import { writeMetrics } from "./wire/write-metrics.ts";
import { writeTraces } from "./wire/write-traces.ts";

export type Posted =
  | { outcome: "taken"; rejected: number; why: string | null }
  | { outcome: "refused"; why: string }
  /** `afterMs` is 0 where nobody said. */
  | { outcome: "later"; why: string; afterMs: number };

export type Exported = { signal: "traces"; request: TracesRequest } | { signal: "metrics"; request: MetricsRequest };

/** Never rejects. */
export type Post = (exported: Exported, signal: AbortSignal) => Promise<Posted>;

const AGAIN: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);
const ANSWER_BYTES_MAX = 64 * 1024;
const DETAIL_LENGTH_MAX = 200;
const compress = promisify(gzip);

export interface PostDeps {
  world: Pick<World, "fetch">;
  /** With secrets looked up. */
  headers: Readonly<Record<string, string>>;
}

export function createPost(config: ExportConfig, { world, headers: given }: PostDeps): Post {
  const { protocol, compression, timeout } = config;
  const base = config.url.replace(/\/+$/, "");
  const isJson = protocol === "http/json";
  const headers: Record<string, string> = {
    "user-agent": "binnacle",
    ...given,
    "content-type": isJson ? "application/json" : "application/x-protobuf",
    ...(compression === "gzip" && { "content-encoding": "gzip" }),
  };
  return async (exported, signal) => {
    try {
      const body = isJson ? Buffer.from(JSON.stringify(exported.request)) : write(exported);
      const answer = await world.fetch(`${base}/v1/${exported.signal}`, {
        method: "POST",
        headers,
        body: compression === "gzip" ? await compress(body) : body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
        redirect: "manual",
      });
      return await read(answer, isJson);
    } catch (error) {
      return { outcome: "later", why: error instanceof Error ? error.message : String(error), afterMs: 0 };
    }
  };
}

function write(exported: Exported): Uint8Array<ArrayBuffer> {
  const bytes = exported.signal === "traces" ? writeTraces(exported.request) : writeMetrics(exported.request);
  // The writer's pools are never shared with threads.
  return bytes as Uint8Array<ArrayBuffer>;
}

async function read(answer: HttpAnswer, isJson: boolean): Promise<Posted> {
  const bytes = await readBounded(answer.body);
  if (answer.status >= 200 && answer.status < 300) return { outcome: "taken", ...rejectedIn(bytes, isJson) };
  const said = bytes
    .toString("utf8")
    .replace(/[^\x20-\x7e]+/g, " ")
    .slice(0, DETAIL_LENGTH_MAX)
    .trim();
  const why = `status ${answer.status}${said === "" ? "" : `: ${said}`}`;
  if (!AGAIN.has(answer.status)) return { outcome: "refused", why };
  const seconds = Number(answer.headers.get("retry-after") ?? 0);
  return { outcome: "later", why, afterMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0 };
}

async function readBounded(body: AnswerBody | null): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > ANSWER_BYTES_MAX) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Of a request that was taken in part. */
function rejectedIn(bytes: Buffer, isJson: boolean): { rejected: number; why: string | null } {
  try {
    return isJson ? rejectedInJson(bytes) : rejectedInProtobuf(bytes);
  } catch {
    // A collector that answers in other words has taken it all the same.
    return { rejected: 0, why: null };
  }
}

function rejectedInJson(bytes: Buffer): { rejected: number; why: string | null } {
  const { partialSuccess = {} } = JSON.parse(bytes.toString("utf8")) as {
    partialSuccess?: { rejectedSpans?: unknown; rejectedDataPoints?: unknown; errorMessage?: unknown };
  };
  const { rejectedSpans, rejectedDataPoints, errorMessage } = partialSuccess;
  const why = typeof errorMessage === "string" && errorMessage !== "" ? errorMessage : null;
  return { rejected: Number(rejectedSpans ?? rejectedDataPoints ?? 0) || 0, why };
}

/** `partial_success` is field 1; in it the number that was rejected is field 1, and why is field 2. */
function rejectedInProtobuf(bytes: Buffer): { rejected: number; why: string | null } {
  const reader = Reader.create(bytes);
  let rejected = 0;
  let why: string | null = null;
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag !== 10) {
      reader.skipType(tag & 7);
      continue;
    }
    const end = reader.uint32() + reader.pos;
    while (reader.pos < end) {
      const inner = reader.uint32();
      if (inner === 8) rejected = Number(reader.int64());
      else if (inner === 18) why = reader.string() || null;
      else reader.skipType(inner & 7);
    }
  }
  return { rejected, why };
}
