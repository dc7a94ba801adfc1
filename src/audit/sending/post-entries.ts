// Entries to a receiver that speaks HTTP: a batch a request. Redirects are not followed: entries go where the operator said.
import { createCancellation, type World } from "../../kernel/index.ts";
import type { ReceiverConfig } from "../config.ts";

export type HttpConfig = Extract<ReceiverConfig, { kind: "http" }>;

/** Throws what went wrong, a status included. */
export async function postEntries(
  { url, format }: HttpConfig,
  lines: readonly string[],
  { world, timeoutMs, token }: { world: Pick<World, "fetch">; timeoutMs: number; token: string | undefined },
): Promise<void> {
  const cancellation = createCancellation();
  const timer = setTimeout(() => cancellation.cancel(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    const answer = await world.fetch(url, {
      method: "POST",
      headers: {
        "content-type": format === "ocsf" ? "application/x-ndjson" : "text/plain; charset=utf-8",
        "user-agent": "Binnacle",
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: lines.map((line) => `${line}\n`).join(""),
      redirect: "manual",
      cancellation,
      connectTimeoutMs: timeoutMs,
    });
    const { status } = answer;
    cancellation.cancel(new Error("its answer is of no interest"));
    if (status < 200 || status >= 300) throw new Error(`it answered with HTTP ${status}`);
  } finally {
    clearTimeout(timer);
  }
}
