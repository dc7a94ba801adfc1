// Batches of spans as an application with a model call in each trace sends them: one export in protobuf is made once, and for
// each batch the ids in a copy of it are changed, so that the drill itself takes next to no time.
import { hexOf, type MadeSpan, spanIdAt, traceIdAt, writeTraces } from "../../test/support/otlp.ts";

export interface BatchMaker {
  /** An export of one trace, of the batch's number. The bytes are good until the next but `copies` is made. */
  make(batch: number): Uint8Array;
  readonly spans: number;
  readonly bytes: number;
}

/** Every fourth span asks a model; the others are what surrounds it. */
const MODEL_EVERY = 4;
const TEMPLATE = 0xffff_ffff;

export function createBatchMaker(spans: number, copies: number): BatchMaker {
  const template = writeTraces({
    resource: { "service.name": "drill", "telemetry.sdk.language": "nodejs", "telemetry.sdk.name": "opentelemetry" },
    scope: "drill",
    spans: Array.from({ length: spans }, (_, place) => spanAt(place)),
  });
  const places = placesOf(template, traceIdAt(TEMPLATE));
  const buffers = Array.from({ length: copies }, () => Buffer.from(template));
  let made = 0;
  return {
    spans,
    bytes: template.length,
    make(batch) {
      const buffer = buffers[made % copies] ?? Buffer.from(template);
      made += 1;
      const id = traceIdAt(batch);
      for (const place of places) buffer.set(id, place);
      return buffer;
    },
  };
}

/** The trace of a batch, as the database writes it. */
export function traceOfBatch(batch: number): string {
  return hexOf(traceIdAt(batch)).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function spanAt(place: number): MadeSpan {
  const startedAtMs = Date.now() - 1000 + place;
  const ids = { traceId: traceIdAt(TEMPLATE), spanId: spanIdAt(place + 1) };
  const parent = place === 0 ? {} : { parentSpanId: spanIdAt(Math.floor(place / MODEL_EVERY) * MODEL_EVERY || 1) };
  const common = { ...ids, ...parent, startedAtMs, endedAtMs: startedAtMs + 20 };
  if (place % MODEL_EVERY !== 0)
    return {
      ...common,
      name: "GET /api/items/:id",
      attributes: {
        "http.request.method": "GET",
        "url.path": `/api/items/${place}`,
        "http.response.status_code": 200,
        "server.address": "shop.example.org",
        "user_agent.original": "Mozilla/5.0 (X11; Linux x86_64)",
        "http.route": "/api/items/:id",
      },
    };
  const said = (role: string, content: string): object => ({ role, parts: [{ type: "text", content }] });
  return {
    ...common,
    name: "chat gpt-4o-mini",
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "openai",
      "gen_ai.request.model": "gpt-4o-mini",
      "gen_ai.response.model": "gpt-4o-mini-2024-07-18",
      "gen_ai.usage.input_tokens": 213,
      "gen_ai.usage.output_tokens": 55,
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.input.messages": JSON.stringify([said("user", `Which shoes go with item ${place}? `.repeat(8))]),
      "gen_ai.output.messages": JSON.stringify([said("assistant", "These would go well with it. ".repeat(8))]),
      "session.id": `session ${place % 10}`,
    },
  };
}

function placesOf(bytes: Buffer, id: Uint8Array): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(id); at >= 0; at = bytes.indexOf(id, at + id.length)) places.push(at);
  return places;
}
