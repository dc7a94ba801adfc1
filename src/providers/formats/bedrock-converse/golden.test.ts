import { describe, expect, test } from "bun:test";
import type { ChatEvent, Extra } from "../../contract.ts";
import type { Dropped } from "../dialect.ts";
import { isObject } from "../fields.ts";
import { bedrockConverse } from "./index.ts";
import { decode, framesOf, hasRecordings, readRecordings } from "./recordings.fixture.ts";

const { caller, vendor } = bedrockConverse;
const recordings = readRecordings();
const chats = recordings.filter(({ method }) => method !== "count-tokens");
const wholes = chats.filter(({ status, isStream }) => status === 200 && !isStream);
const streams = chats.filter(({ status, isStream }) => status === 200 && isStream);

describe.skipIf(!hasRecordings)("recorded exchanges", () => {
  // Of one the request, as recorded, is no JSON.
  const asked = chats.filter(({ request }) => "messages" in request);

  test(`all ${asked.length} requests come out again as they went in`, () => {
    expect(asked.length).toBe(83);
    for (const { name, model, request } of asked) {
      const { body, dropped } = vendor.writeRequest(caller.readRequest(request), { model });
      expect({ name, dropped, body: JSON.parse(JSON.stringify(body)) as unknown }).toEqual({
        name,
        dropped: [],
        body: withEffort(withoutNothings(request)),
      });
    }
  });

  test("requests for counts come out again as they went in", () => {
    for (const { model, request, body, status } of recordings.filter(({ method }) => method === "count-tokens")) {
      const read = caller.counting?.readRequest(request);
      const written = vendor.counting?.writeBody(vendor.writeRequest(read ?? never(), { model }).body, model);
      expect(JSON.parse(JSON.stringify(written))).toEqual(withoutNothings(request));
      if (status === 200) expect(vendor.counting?.readAnswer(JSON.parse(body))).toBeGreaterThan(0);
    }
  });

  test(`all ${wholes.length} answers come out again with nothing lost`, () => {
    for (const { name, body } of wholes) {
      const told: Dropped[] = [];
      const written = caller.writeAnswer(vendor.readAnswer(JSON.parse(body)), told);
      const wanted = knownAnswer(JSON.parse(body) as Extra);
      expect({ name, told, answer: knownAnswer(JSON.parse(JSON.stringify(written)) as Extra) }).toEqual({
        name,
        told: [],
        answer: wanted,
      });
    }
  });

  test(`all ${streams.length} streams come out again with nothing lost`, () => {
    expect(streams.length).toBe(9);
    for (const { bytes } of streams) {
      const told: Dropped[] = [];
      const events = decode(bytes);
      expect(events.at(-1)).toEqual({ type: "end" });
      const written = encode(events, told);
      expect(told).toEqual([]);
      expect(decode(written)).toEqual(events);
      expect(toldBy(written)).toEqual(toldBy(bytes));
    }
  });

  test("answers say the same as streams", () => {
    for (const { body } of wholes) {
      const answer = caller.writeAnswer(vendor.readAnswer(JSON.parse(body)), []);
      expect(caller.writeAnswer(decode(encode(vendor.readAnswer(JSON.parse(body)), [])), [])).toEqual(answer);
    }
  });

  test("usage counts what was read from the cache, and written there, as input", () => {
    for (const { body } of wholes) {
      const { usage: raw } = JSON.parse(body) as { usage: Record<string, number> };
      const event = vendor.readAnswer(JSON.parse(body)).find(({ type }) => type === "usage");
      const [read, written] = [raw["cacheReadInputTokens"] ?? 0, raw["cacheWriteInputTokens"] ?? 0];
      const output = raw["outputTokens"];
      expect(event).toMatchObject({ usage: { output, cache_read: read, cache_write: written, raw } });
      expect(event).toMatchObject({ usage: { input: (raw["totalTokens"] ?? 0) - (output ?? 0) } });
    }
  });

  test("refusals are read", () => {
    const refused = recordings.filter(({ status }) => status !== 200);
    expect(refused.map(({ status, body }) => vendor.readError(status, body))).toEqual(
      refused.map(() => ({ message: "The provided model identifier is invalid.", code: "ValidationException" })),
    );
  });
});

function never(): never {
  throw new Error("this dialect counts");
}

function encode(events: readonly ChatEvent[], told: Dropped[]): Uint8Array {
  const request = { model: "m", dialect: "bedrock-converse" as const, messages: [], stream: true };
  const encoder = caller.createEncoder({ request, told });
  return Buffer.concat(events.map((event) => Buffer.from(encoder.write(event))));
}

/** The allowed differences: model and streaming stand in the address; an empty prompt or config is none. */
function withoutNothings({ model: _, stream: __, ...request }: Extra): Extra {
  const { input } = request;
  if (isObject(input)) return { input: { converse: withoutNothings(input["converse"] as Extra) } };
  return Object.fromEntries(
    Object.entries(request).filter(
      ([, value]) => !(isObject(value) || Array.isArray(value)) || Object.keys(value).length > 0,
    ),
  );
}

/** Thinking as it sees fit, Claude does so with high effort where nothing else is said. */
function withEffort({ additionalModelRequestFields: fields, ...request }: Extra): Extra {
  if (!isObject(fields)) return request;
  const isAdaptive = isObject(fields["thinking"]) && fields["thinking"]["type"] === "adaptive";
  const effort = isAdaptive ? { output_config: { effort: "high" } } : {};
  return { ...request, additionalModelRequestFields: { ...effort, ...fields } };
}

/** What a stream tells, whatever its padding, and wherever it was cut. */
function toldBy(bytes: Uint8Array): unknown[] {
  return framesOf(bytes).flatMap(([name, { p: _, contentBlockIndex: __, ...payload }]) => {
    const { delta, start } = payload;
    // Blocks that say nothing, and where a block ends, are not counted; nor is it said that a call is one of the caller's own.
    if (name === "contentBlockStop" || (isObject(delta) && delta["text"] === "")) return [];
    const toolUse = isObject(start) ? start["toolUse"] : undefined;
    return [[name, isObject(toolUse) ? { start: { toolUse: withoutType(toolUse) } } : payload]];
  });
}

/** Of the empty texts, and of what every call of the caller's own tools is called, nothing is kept. */
function knownAnswer({ output, additionalModelResponseFields: fields, ...answer }: Extra): Extra {
  const { message } = output as { message: { content: Extra[] } };
  const content = message.content
    .filter((block) => block["text"] !== "")
    .map((block) => (isObject(block["toolUse"]) ? { toolUse: withoutType(block["toolUse"]) } : block));
  return { ...answer, ...(isObject(fields) && { additionalModelResponseFields: fields }), output: { content } };
}

function withoutType({ type, ...call }: Extra): Extra {
  return type === "tool_use" ? call : { type, ...call };
}
