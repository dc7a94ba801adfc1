// Sends the drill's calls, its batch, and the spans of a program that calls models itself and through the gateway.
import type { Dice } from "../run/dice.ts";
import { DISCOUNTED_MODEL } from "./discounting-vendor.ts";
import type { BookedCall } from "./plan-calls.ts";

const AT_ONCE = 16;
const BATCH_TIMEOUT_MS = 60_000;

export async function sendCalls(
  calls: readonly BookedCall[],
  { url, keys }: { url: string; keys: readonly string[] },
): Promise<void> {
  const waiting = [...calls.entries()];
  const sendNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      await sendOne(next[1], { url, key: keys[next[0] % keys.length] ?? "" });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendNext));
}

async function sendOne(
  { body, tags, abortAfterBytes }: BookedCall,
  { url, key }: { url: string; key: string },
): Promise<void> {
  const leave = new AbortController();
  try {
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${key}`,
        ...(tags && { "x-binnacle-tags": tags }),
      },
      body: JSON.stringify(body),
      signal: leave.signal,
    });
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (abortAfterBytes !== undefined && bytes >= abortAfterBytes) leave.abort();
    }
  } catch {
    // Broken off, by the vendor or by the caller: that is what is tried.
  }
}

/** Alone, at the usual price: what lines of a batch at the same vendor are held against. */
export const callAlone: BookedCall = {
  body: { model: `openai/${DISCOUNTED_MODEL}`, max_tokens: 30, messages: [{ role: "user", content: "Alone" }] },
  tags: "",
  abortAfterBytes: undefined,
};

export async function sendBatch({ url, key, lines }: { url: string; key: string; lines: number }): Promise<void> {
  const authorization = `Bearer ${key}`;
  const input = Array.from({ length: lines }, (_, line) =>
    JSON.stringify({
      custom_id: `line-${line}`,
      method: "POST",
      url: "/v1/chat/completions",
      body: {
        model: line % 2 === 0 ? `openai/${DISCOUNTED_MODEL}` : "sim/sim-instant",
        max_tokens: 30,
        messages: [{ role: "user", content: `In a batch: ${line}` }],
      },
    }),
  ).join("\n");
  const form = new FormData();
  form.set("purpose", "batch");
  form.set("file", new File([input], "lines.jsonl"));
  const file = await json(await fetch(`${url}/v1/files`, { method: "POST", headers: { authorization }, body: form }));
  const asked = { input_file_id: file["id"], endpoint: "/v1/chat/completions", completion_window: "24h" };
  const headers = { authorization, "content-type": "application/json" };
  const batch = await json(await fetch(`${url}/v1/batches`, { method: "POST", headers, body: JSON.stringify(asked) }));
  for (const endMs = performance.now() + BATCH_TIMEOUT_MS; performance.now() < endMs; await Bun.sleep(100)) {
    const now = await json(await fetch(`${url}/v1/batches/${String(batch["id"])}`, { headers }));
    if (now["status"] === "completed") return;
    if (now["status"] === "failed") throw new Error("the batch failed");
  }
  throw new Error("the batch does not end");
}

async function json(response: Response): Promise<Record<string, unknown>> {
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}

const hex = (dice: Dice, digits: number): string =>
  Array.from({ length: digits }, () => dice.between(1, 15).toString(16)).join("");

/** Its own calls count; the spans that it draws around calls of the gateway report the same usage, and do not. */
export async function sendSpans({ url, key, dice }: { url: string; key: string; dice: Dice }): Promise<void> {
  const spans: object[] = [];
  for (let index = 0; index < 10; index += 1) {
    const trace = { traceId: hex(dice, 32), spanId: hex(dice, 16) };
    const traceparent = `00-${trace.traceId}-${trace.spanId}-01`;
    const body = { model: "sim/sim-instant", messages: [{ role: "user", content: `In a span: ${index}` }] };
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json", traceparent };
    await fetch(`${url}/v1/chat/completions`, { method: "POST", headers, body: JSON.stringify(body) }).then((answer) =>
      answer.text(),
    );
    spans.push(
      spanOf({ ...trace, name: "chat around" }),
      spanOf({ ...trace, spanId: hex(dice, 16), name: "chat alone" }),
    );
  }
  const attributes = [attribute("service.name", { stringValue: "shop" })];
  const sent = await fetch(`${url}/v1/traces`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({
      resourceSpans: [{ resource: { attributes }, scopeSpans: [{ scope: { name: "drill" }, spans }] }],
    }),
  });
  if (!sent.ok) throw new Error(`spans: ${sent.status} ${await sent.text()}`);
}

function attribute(key: string, value: object): object {
  return { key, value };
}

function spanOf(of: { traceId: string; spanId: string; name: string }): object {
  const endMs = Date.now();
  return {
    ...of,
    kind: 3,
    startTimeUnixNano: `${(endMs - 50) * 1_000_000}`,
    endTimeUnixNano: `${endMs * 1_000_000}`,
    attributes: [
      attribute("gen_ai.operation.name", { stringValue: "chat" }),
      attribute("gen_ai.system", { stringValue: "openai" }),
      attribute("gen_ai.request.model", { stringValue: "gpt-4o-mini" }),
      attribute("gen_ai.usage.input_tokens", { intValue: "1237" }),
      attribute("gen_ai.usage.output_tokens", { intValue: "411" }),
    ],
    status: {},
  };
}
