import { describe, expect, test } from "bun:test";
import type { ChatEvent, Extra } from "../../../contract.ts";
import type { Dropped } from "../../dialect.ts";
import { isObject } from "../../fields.ts";
import { gemini } from "../index.ts";
import { decode, hasRecordings, readRecordings } from "../recordings.fixture.ts";
import { writeGeminiAnswer } from "./answer-in.ts";
import { readGeminiAnswer } from "./answer-out.ts";
import { createStreamEncoder } from "./stream-in.ts";

const recordings = readRecordings().filter(({ method }) => method !== "countTokens");
const answers = recordings.filter(({ isStream }) => !isStream);
const streams = recordings.filter(({ isStream }) => isStream);
const counts = readRecordings().filter(({ method }) => method === "countTokens");

/** The allowed differences between an answer and the same written again, each with its reason. */
const DIFFERENCES: Record<string, (value: Extra) => Extra> = {
  "the time is kept to the second": (value) =>
    typeof value["createTime"] === "string" ? { ...value, createTime: value["createTime"].slice(0, 19) } : value,
  "the first candidate is number 0": (value) =>
    "finishReason" in value ? { ...value, index: value["index"] ?? 0 } : value,
  "an answer without content has no parts": (value) => {
    if (!("finishReason" in value)) return value;
    const content = isObject(value["content"]) ? value["content"] : {};
    return { ...value, content: { role: "model", parts: [], ...content } };
  },
  "texts that follow one another are one, and empty ones none": (value) =>
    Array.isArray(value["parts"]) && value["role"] === "model"
      ? { ...value, parts: joined(value["parts"] as Extra[]) }
      : value,
};

function joined(parts: Extra[]): Extra[] {
  const found: Extra[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    const { text, thoughtSignature } = part;
    if (text === "" && thoughtSignature === undefined) continue;
    if (
      last &&
      "text" in last &&
      text !== undefined &&
      last["thought"] === part["thought"] &&
      !last["thoughtSignature"]
    )
      found[found.length - 1] = { ...last, ...part, text: String(last["text"]) + String(text) };
    else found.push(part);
  }
  return found;
}

function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalise);
  if (!isObject(value)) return value;
  const changed = Object.values(DIFFERENCES).reduce((each, change) => change(each), value);
  return Object.fromEntries(Object.entries(changed).map(([key, each]) => [key, normalise(each)]));
}

/** The answer that the pieces of a stream spell, put together in the plainest way. */
function answerOf(pieces: Extra[]): Extra {
  const parts: Extra[] = [];
  let [answer, candidate]: Extra[] = [{}, {}];
  for (const { candidates, ...piece } of pieces) {
    answer = { ...answer, ...piece };
    for (const { content, ...said } of (candidates as Extra[] | undefined) ?? []) {
      parts.push(...(((content as Extra | undefined)?.["parts"] as Extra[] | undefined) ?? []));
      candidate = { ...candidate, ...said };
    }
  }
  return { ...answer, candidates: [{ ...candidate, content: { role: "model", parts } }] };
}

function piecesOf(stream: string): Extra[] {
  return stream.split("\n").flatMap((line) => (line.startsWith("data:") ? [JSON.parse(line.slice(5)) as Extra] : []));
}

function encode(events: ChatEvent[], options: { told: Dropped[]; framing?: "events" | "array" }): string {
  const encoder = createStreamEncoder(options);
  return events.map((event) => encoder.write(event)).join("");
}

describe.skipIf(!hasRecordings)("recorded answers", () => {
  test(`all ${answers.length} come out again with nothing lost`, () => {
    expect(answers.length).toBe(92);
    for (const { name, body } of answers) {
      const told: Dropped[] = [];
      const written = writeGeminiAnswer(readGeminiAnswer(JSON.parse(body)), told);
      expect({ name, written: normalise(JSON.parse(JSON.stringify(written))), told }).toEqual({
        name,
        written: normalise(JSON.parse(body)),
        told: [],
      });
    }
  });

  test(`all ${streams.length} streams spell the same answer when they are written again`, () => {
    expect(streams.length).toBe(13);
    for (const { name, body } of streams) {
      const told: Dropped[] = [];
      const events = decode(body);
      const written = encode(events, { told });
      expect({ name, answer: normalise(answerOf(piecesOf(written))), told }).toEqual({
        name,
        answer: normalise(answerOf(piecesOf(body))),
        told: [],
      });
      expect({ name, events: withoutExtras(decode(written)) }).toEqual({ name, events: withoutExtras(events) });
    }
  });

  test("an array of the same pieces says the same, both ways", () => {
    for (const { name, body } of streams) {
      const events = decode(body);
      expect({ name, events: decode(JSON.stringify(piecesOf(body), undefined, 2)) }).toEqual({ name, events });
      const written = encode(events, { told: [], framing: "array" });
      const pieces = JSON.parse(written) as Extra[];
      expect({ name, pieces }).toEqual({ name, pieces: piecesOf(encode(events, { told: [] })) });
    }
  });

  test("a stream and the whole answer that it spells say the same", () => {
    for (const { name, body } of streams) {
      const answer = writeGeminiAnswer(decode(body), []);
      expect({ name, answer: normalise(answer) }).toEqual({ name, answer: normalise(answerOf(piecesOf(body))) });
    }
  });

  test("usage counts thoughts as output and what tools read as input", () => {
    for (const { name, body } of answers) {
      const { usageMetadata: raw = {} } = JSON.parse(body) as { usageMetadata?: Record<string, number> };
      const event = readGeminiAnswer(JSON.parse(body)).find(({ type }) => type === "usage");
      const { promptTokenCount: prompt = 0, toolUsePromptTokenCount: tools = 0 } = raw;
      const { candidatesTokenCount: said = 0, thoughtsTokenCount: thoughts = 0, totalTokenCount: total = 0 } = raw;
      expect({ name, event }).toMatchObject({
        name,
        event: { usage: { input: prompt + tools, output: said + thoughts } },
      });
      expect({ name, total }).toEqual({ name, total: prompt + tools + said + thoughts });
    }
  });

  test(`${counts.length} counts of tokens are read`, () => {
    expect(counts.length).toBe(4);
    for (const { body } of counts) expect(gemini.vendor.counting?.readAnswer(JSON.parse(body))).toBeGreaterThan(0);
  });
});

/** What is said of a candidate is said at its end, whenever the vendor said it. */
function withoutExtras(events: ChatEvent[]): ChatEvent[] {
  return events.filter(({ type }) => type !== "extra" && type !== "citation");
}
