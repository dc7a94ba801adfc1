// A check by another program, over HTTP: one small contract. It is sent {"text","side"} and answers {"findings":[…]}, each with a
// kind, a place in UTF-16 units and how sure it is. Redirects are not followed.
import { z } from "zod";
import { createCancellation, type HttpAnswer, type World } from "../../kernel/index.ts";
import type { PolicyConfig } from "../config.ts";
import type { Finding, Side } from "../contract.ts";

export type ServiceConfig = PolicyConfig["outside"][number];

export interface ServiceDeps {
  world: Pick<World, "fetch">;
  /** What the secret reference stands for. */
  secret(ref: string): string;
}

const ANSWER_BYTES_MAX = 1024 * 1024;
const FINDINGS_MAX = 1000;

const answerSchema = z.object({
  findings: z
    .array(
      z.object({
        kind: z.string().min(1).max(100),
        start: z.number().int().min(0).optional(),
        end: z.number().int().min(0).optional(),
        score: z.number().min(0).max(1).default(1),
        why: z.string().max(500).default(""),
      }),
    )
    .max(FINDINGS_MAX),
});

/** Throws with what went wrong. */
export async function askService(
  { name, url, token, timeout }: ServiceConfig,
  { text, side }: { text: string; side: Side },
  { world, secret }: ServiceDeps,
): Promise<Finding[]> {
  const cancellation = createCancellation();
  const timer = setTimeout(() => cancellation.cancel(new Error(`no answer within ${timeout} ms`)), timeout);
  try {
    const answer = await world.fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token !== undefined && { authorization: `Bearer ${secret(token)}` }),
      },
      body: JSON.stringify({ text, side }),
      redirect: "manual",
      cancellation,
      connectTimeoutMs: timeout,
    });
    if (answer.status !== 200) throw new Error(`it answered with status ${answer.status}`);
    return readFindings(name, await readBounded(answer), text);
  } finally {
    clearTimeout(timer);
  }
}

function readFindings(detector: string, body: string, { length }: string): Finding[] {
  const read = answerSchema.safeParse(parsed(body));
  if (!read.success) throw new Error('its answer is not {"findings":[{"kind":…,"start":…,"end":…,"score":…}]}');
  return read.data.findings.map(({ kind, start = 0, end = length, score, why }) => {
    const from = Math.min(start, length);
    return {
      kind,
      start: from,
      end: Math.max(from, Math.min(end, length)),
      score,
      detector,
      why: why || `${detector} found ${kind}`,
    };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readBounded({ body }: HttpAnswer): Promise<string> {
  if (!body) return "";
  const reader = body.getReader();
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done || !value) return Buffer.concat(pieces).toString();
    bytes += value.byteLength;
    if (bytes > ANSWER_BYTES_MAX) {
      await reader.cancel();
      throw new Error(`its answer is longer than ${ANSWER_BYTES_MAX} bytes`);
    }
    pieces.push(value);
  }
}
