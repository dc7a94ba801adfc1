// One line of a batch as one call: admitted, routed, tried, paid for and on record like any other.
import type { Gateway } from "../../gateway/index.ts";
import { callIdOf } from "../../gateway/index.ts";
import type { Governance } from "../../governance/index.ts";
import { type AppError, toAppError, type World } from "../../kernel/index.ts";
import { dialectOf } from "../../providers/index.ts";
import type { ClaimedLine, LineResult } from "../batch.ts";
import type { BatchesConfig } from "../config.ts";
import { dialectAt, requestOf } from "./endpoints.ts";

export interface RunDeps {
  config: Pick<BatchesConfig, "tries_max" | "retry_wait" | "retry_wait_max" | "service_tier">;
  world: World;
  gateway: Gateway;
  governance: Governance;
}

/** The line's result, or when it is to be carried out again. */
export type LineRun = { result: LineResult } | { again: { waitMs: number; tries: number } };

/** Never throws. An aborted line is to be carried out again at once. */
export async function runLine(line: ClaimedLine, signal: AbortSignal, deps: RunDeps): Promise<LineRun> {
  try {
    return { result: await callFor(line, signal, deps) };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error !== thrown) deps.world.log.error({ err: thrown, batch: line.batch.id }, "a line of a batch failed");
    const again = signal.aborted ? { waitMs: 0, tries: line.tries } : againAfter(error, line, deps.config);
    return again ? { again } : { result: resultOfError(error, line) };
  }
}

async function callFor(
  line: ClaimedLine,
  signal: AbortSignal,
  { config, world, gateway, governance }: RunDeps,
): Promise<LineResult> {
  const startedMs = world.monotonicMs();
  // Asked for each line: a key that is revoked meanwhile calls no more.
  const principal = await governance.identify.byKeyId(line.batch.keyId);
  const { body, status, callId } = await gateway.complete({
    principal,
    request: requestOf(line, config.service_tier),
    isStrict: false,
    priority: "low",
    signal,
    startedMs,
    trace: {
      traceId: undefined,
      parentSpanId: undefined,
      session: null,
      user: null,
      tags: [`batch:${line.batch.id}`],
    },
  });
  return { outcome: status < 400 ? "succeeded" : "errored", status, callId, body: jsonOf(await textOf(body)) };
}

async function textOf(body: string | Uint8Array | ReadableStream<Uint8Array>): Promise<string> {
  if (typeof body === "string") return body;
  return body instanceof Uint8Array ? Buffer.from(body).toString("utf8") : new Response(body).text();
}

/** It becomes a part of a JSON line; a vendor that answers in another form is quoted. */
function jsonOf(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}

/** Undefined when trying again cannot help, or was done often enough. */
function againAfter(error: AppError, { tries }: ClaimedLine, config: RunDeps["config"]) {
  if (error.retry === "never") return undefined;
  const waitMs = Math.min(
    config.retry_wait_max,
    Math.max(error.retryAfterMs ?? 0, config.retry_wait * 2 ** Math.min(tries, 30)),
  );
  // There is no place here at the moment: nothing was tried. The batch's own end bounds this.
  if (error.retry === "later" && /^(governance|gateway|ledger|storage)\./.test(error.code)) return { waitMs, tries };
  return tries + 1 < config.tries_max ? { waitMs, tries: tries + 1 } : undefined;
}

function resultOfError(error: AppError, { batch }: ClaimedLine): LineResult {
  const callId = callIdOf(error) ?? null;
  const body = dialectOf(dialectAt(batch.endpoint)).caller.writeError(error, callId ?? undefined);
  return { outcome: "errored", status: error.status, callId, body: JSON.stringify(body) };
}
