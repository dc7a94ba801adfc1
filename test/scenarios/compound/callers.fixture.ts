// Calls of a test, and their records once they are closed.
import type { CallDetail } from "../../../src/ledger/contract.ts";
import type { TestApp } from "../../support/app.ts";
import { until, untilFound } from "../../support/until.ts";

export interface Asked {
  status: number;
  text: string;
  id: string;
  target: string | null;
  headers: Headers;
}

export interface CallMore {
  body?: object;
  headers?: Record<string, string>;
  key?: string;
}

/** One call to a model or route, read to its end. */
export async function ask(app: TestApp, model: string, more: CallMore = {}): Promise<Asked> {
  const body = { model, max_tokens: 10, messages: [{ role: "user", content: "Hello".padEnd(200, ".") }], ...more.body };
  const response = await app.chat(body, more);
  const { status, headers } = response;
  const id = headers.get("x-binnacle-call-id") ?? "";
  return { status, headers, id, target: headers.get("x-binnacle-target"), text: await response.text() };
}

/** The record, once it is closed. */
export async function recordOf(app: TestApp, id: string | null | undefined): Promise<CallDetail> {
  return untilFound(() => app.client.calls.get({ id: id ?? "" }).catch(() => undefined));
}

/** The last call that was given up by its caller, once no call is under way any more. */
export async function lastCancelled(app: TestApp): Promise<CallDetail> {
  await until(async () => (await app.client.status()).calls.in_flight === 0);
  const { calls } = await app.client.calls.list({ limit: 1, outcome: "cancelled" });
  return recordOf(app, calls[0]?.id);
}

/** What a stream of chat-completions says. */
export function saidIn(text: string): string {
  return text
    .split("\n")
    .filter((line) => line.startsWith("data: {"))
    .map(
      (line) => (JSON.parse(line.slice(6)) as { choices: { delta: { content?: string } }[] }).choices[0]?.delta.content,
    )
    .join("");
}
