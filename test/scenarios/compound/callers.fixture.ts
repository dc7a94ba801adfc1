// Calls of a test, and their records once they are closed.
import type { CallDetail } from "../../../src/ledger/contract.ts";
import type { TestApp } from "../../support/app.ts";

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
  for (let tries = 0; tries < 500; tries += 1) {
    const record = await app.client.calls.get({ id: id ?? "" }).catch(() => undefined);
    if (record) return record;
    await Bun.sleep(10);
  }
  throw new Error("the call did not come on record");
}

export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1000 && !holds(); tries += 1) await Bun.sleep(5);
  if (!holds()) throw new Error("it did not come to that");
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
