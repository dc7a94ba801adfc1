// One try at a receiver that speaks HTTP. Redirects are not followed: a message goes where the operator said, or nowhere.
import { createCancellation, type HttpAnswer, type World } from "../../kernel/index.ts";
import type { Delivered } from "./message.ts";

export interface PostDeps {
  world: Pick<World, "fetch" | "nowMs">;
  timeoutMs: number;
}

export interface Post {
  url: string;
  body: string;
  headers?: Record<string, string>;
}

const ANSWER_CHARACTERS_MAX = 300;
const ANSWER_BYTES_MAX = 16 * 1024;
/** Too soon, too slow, too many: the same may be taken later. */
const LATER: ReadonlySet<number> = new Set([408, 409, 423, 425, 429]);

/** Never throws. */
export async function postJson({ url, body, headers = {} }: Post, { world, timeoutMs }: PostDeps): Promise<Delivered> {
  const cancellation = createCancellation();
  const timer = setTimeout(() => cancellation.cancel(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    const answer = await world.fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "Binnacle", ...headers },
      body,
      redirect: "manual",
      cancellation,
      connectTimeoutMs: timeoutMs,
    });
    const text = await readStart(answer);
    return judge(answer, text, world.nowMs());
  } catch (error) {
    return { ok: false, isFinal: false, status: null, why: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

function judge({ status, headers }: HttpAnswer, text: string, nowMs: number): Delivered {
  if (status >= 200 && status < 300) return { ok: true, detail: text };
  if (status >= 300 && status < 400)
    return { ok: false, isFinal: true, status, why: "it redirects, and redirects are not followed" };
  const isFinal = status < 500 && !LATER.has(status);
  const retryAfterMs = readRetryAfter(headers.get("retry-after"), nowMs);
  return { ok: false, isFinal, status, why: text || "it said nothing more", retryAfterMs };
}

/** Seconds, or a date. */
export function readRetryAfter(text: string | null, nowMs: number): number | undefined {
  if (text === null || text.trim() === "") return undefined;
  if (/^\s*\d+\s*$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

/** The beginning is enough, and a receiver may say any amount. */
async function readStart({ body }: HttpAnswer): Promise<string> {
  if (!body) return "";
  const reader = body.getReader();
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < ANSWER_BYTES_MAX) {
    const { done, value } = await reader.read();
    if (done || !value) break;
    pieces.push(value);
    bytes += value.byteLength;
  }
  if (bytes >= ANSWER_BYTES_MAX) await reader.cancel();
  return Buffer.concat(pieces).toString("utf8").trim().slice(0, ANSWER_CHARACTERS_MAX);
}
