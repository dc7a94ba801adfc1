// Every recorded exchange with Gemini, OpenAI's Responses and Cohere through the whole program, for callers who speak as their
// vendor does: the vendor gets the caller's bytes, the caller the vendor's, and the record knows what was used.
// (Chat-completions are in recorded-exchanges.test.ts, Anthropic's in recorded-anthropic.test.ts.)
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { DialectName } from "../../src/providers/index.ts";
import { eventsOf } from "../../drills/dialects/matrix.ts";
import { readRecordings, type Recording } from "../../drills/dialects/recordings.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { hasCassettes } from "../support/cassettes.ts";

interface Place {
  kind: string;
  /** Up to where the dialect's paths go on. */
  base: string;
  path(recording: Recording, model: string): string;
  keyHeader: string;
}

const PLACES: Partial<Record<DialectName, Place>> = {
  "openai-responses": { kind: "openai", base: "/v1", path: () => "/v1/responses", keyHeader: "authorization" },
  "cohere-chat": { kind: "cohere", base: "", path: () => "/v2/chat", keyHeader: "authorization" },
  gemini: {
    kind: "google",
    base: "/v1beta",
    path: ({ isStream }, model) =>
      `/v1beta/models/${encodeURIComponent(model)}:${isStream ? "streamGenerateContent?alt=sse" : "generateContent"}`,
    keyHeader: "x-goog-api-key",
  },
};
const dialects = Object.keys(PLACES) as DialectName[];
const recordings = readRecordings(dialects);
const isAnswer = (recording: Recording): boolean =>
  recording.status === 200 && eventsOf(recording).at(-1)?.type === "end";

let app: TestApp;
let current: Recording;
let asked: { path: string; body: string; headers: Headers };
const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  async fetch(request) {
    const { pathname, search } = new URL(request.url);
    asked = { path: pathname + search, body: await request.text(), headers: request.headers };
    const headers = { "content-type": current.headers["content-type"] ?? "application/json" };
    return new Response(current.bytes as Uint8Array<ArrayBuffer>, { status: current.status, headers });
  },
});

beforeAll(async () => {
  if (!hasCassettes) return;
  const vendors = Object.entries(PLACES).map(
    ([dialect, { kind, base }]) =>
      `    ${dialect}: { kind: ${kind}, base_url: "${server.url.origin}${base}", api_key: "env:RECORDED_KEY", price: free }`,
  );
  app = await startTestApp({
    config: `providers:\n  vendors:\n${vendors.join("\n")}\ngateway: { attempts_max: 1 }\n`,
    env: { RECORDED_KEY: "recorded" },
  });
});
afterAll(async () => {
  await app?.close();
  await server.stop(true);
});

async function send(recording: Recording) {
  current = recording;
  const { dialect } = recording;
  const { model, stream, ...rest } = recording.request;
  const named = `${dialect}/${String(model)}`;
  const body = dialect === "gemini" ? rest : { ...recording.request, model: named };
  const response = await fetch(app.url + (PLACES[dialect]?.path(recording, named) ?? ""), {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${app.key}` },
    body: JSON.stringify(body),
  });
  const wanted = dialect === "gemini" ? rest : { ...rest, model, ...(stream !== undefined && { stream }) };
  return { response, text: await response.text(), callId: response.headers.get("x-binnacle-call-id") ?? "", wanted };
}

describe.skipIf(!hasCassettes).each(dialects.map((dialect) => [dialect]))("recorded in %s", (dialect) => {
  const own = recordings.filter((recording) => recording.dialect === dialect);

  test("answers pass through", async () => {
    const answered = own.filter(isAnswer);
    expect(answered.length).toBeGreaterThan(3);
    for (const recording of answered) {
      const { response, text, callId, wanted } = await send(recording);
      expect([recording.name, response.status, text]).toEqual([recording.name, 200, recording.body]);
      expect(JSON.parse(asked.body)).toEqual(wanted);
      expect(asked.headers.get(PLACES[dialect]?.keyHeader ?? "")).toContain("recorded");
      expect(asked.headers.get("authorization") ?? "").not.toContain(app.key);
      const record = await app.client.calls.get({ id: callId });
      expect(record).toMatchObject({ outcome: "ok", dialect, answer: { vendor: dialect } });
    }
  });

  test("refusals come back as refusals", async () => {
    for (const recording of own.filter(({ status }) => status >= 400)) {
      const { response, text } = await send(recording);
      expect([recording.name, response.status]).toEqual([recording.name, recording.status]);
      const { error, message } = JSON.parse(recording.body) as { error?: { message: string }; message?: string };
      expect(text).toContain(JSON.stringify(error?.message ?? message).slice(1, -1));
    }
  });
});
