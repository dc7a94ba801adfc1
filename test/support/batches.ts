// What tests of batches have in common: input lines, output lines, and waiting for the end.
import type OpenAI from "openai";

export interface Line {
  custom_id?: string;
  method: string;
  url: string;
  body: object;
}

export function requestLine(custom_id: string, model: string, more: object = {}): Line {
  const body = { model, messages: [{ role: "user", content: `Ahoy, ${custom_id}` }], max_tokens: 20, ...more };
  return { custom_id, method: "POST", url: "/v1/chat/completions", body };
}

export interface ResultLine {
  id: string;
  custom_id: string;
  response: { status_code: number; request_id: string; body: object } | null;
  error: { code: string; message: string } | null;
}

export function linesOf(text: string): ResultLine[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as ResultLine);
}

/** Has no time-out of its own: the test's is enough. */
export async function untilEnded(openai: OpenAI, id: string): Promise<OpenAI.Batch> {
  for (;;) {
    const batch = await openai.batches.retrieve(id);
    if (["completed", "failed", "expired", "cancelled"].includes(batch.status)) return batch;
    await Bun.sleep(20);
  }
}
