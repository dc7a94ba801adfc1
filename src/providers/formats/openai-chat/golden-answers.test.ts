// Every recorded chat-completions answer, decoded, and encoded again. What may differ is written down in `normalise`.
import { describe, expect, test } from "bun:test";
import { type Exchange, hasCassettes, readExchanges } from "../../../../test/support/cassettes.ts";
import type { ChatEvent, Extra } from "../../contract.ts";
import { isObject } from "../fields.ts";
import {
  collectAnswer,
  createStreamDecoder,
  createStreamEncoder,
  readChatAnswer,
  readOpenAiError,
  writeChatAnswer,
} from "./index.ts";

const vendors = ["openai", "groq", "mistral", "ollama", "openrouter"];
const exchanges = vendors.flatMap((vendor) => readExchanges(vendor));
// Two recordings are of a test server that echoes the request and never was a model.
const isEcho = ({ url }: Exchange) => url.includes("demo-endpoints");
const isStream = ({ headers }: Exchange) => headers["content-type"]?.startsWith("text/event-stream") ?? false;
const whole = exchanges.filter((each) => each.status === 200 && !isStream(each) && !isEcho(each));
const streams = exchanges.filter(isStream);
const refusals = exchanges.filter(({ status }) => status >= 400);

type Choice = { index: number; message: Extra; finish_reason: string };
type Answer = { id: string; model: string; choices: Choice[]; usage: Extra };
type Chunk = { choices: { delta: Extra }[]; usage?: Extra; error?: unknown };

const textOf = (content: unknown, type: "text" | "thinking"): string => {
  if (typeof content === "string") return type === "text" ? content : "";
  const parts = (content ?? []) as { type: string; text?: string; thinking?: { text: string }[] }[];
  return parts
    .filter((part) => part.type === type)
    .map((part) => (type === "text" ? part.text : part.thinking?.map(({ text }) => text).join("")))
    .join("");
};

/** The allowed differences, from a vendor's way of saying it to ours. */
function normalise(answer: Answer): unknown {
  const { usage: _usage, ...rest } = answer;
  return withoutNothing({
    ...rest,
    choices: answer.choices.map((choice) => {
      const { content, reasoning, tool_calls: calls, ...message } = choice.message;
      return {
        ...choice,
        message: {
          ...message,
          // A list of parts is told apart into text and reasoning; no text is null or "".
          content: textOf(content, "text") || undefined,
          // One name for reasoning.
          reasoning_content: message["reasoning_content"] ?? (reasoning || textOf(content, "thinking") || undefined),
          // A call's own index repeats its place; a missing id is filled in, and missing arguments are empty.
          tool_calls: (calls as Extra[] | null | undefined)?.map(({ index: _index, id, ...call }, at) => ({
            ...call,
            function: { arguments: "", ...(call["function"] as Extra) },
            id: id || `call_${answer.id}_${choice.index}_${at}`,
          })),
        },
      };
    }),
  });
}

/** Null, and an empty list, say nothing. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(
    ([, each]) => each !== null && each !== undefined && !(Array.isArray(each) && each.length === 0),
  );
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutNothing(each)]));
}

function decode(text: string): ChatEvent[] {
  const decoder = createStreamDecoder();
  return [...decoder.feed(new TextEncoder().encode(text)), ...decoder.finish()];
}

function encode(events: ChatEvent[]): string {
  const encoder = createStreamEncoder({ includeUsage: true });
  return events.map((event) => encoder.write(event)).join("");
}

/** The chunks of a stream, read the plain way. */
function chunksOf(text: string): Chunk[] {
  const lines = text.split(/\r?\n/).filter((line) => line.startsWith("data: {"));
  return lines.map((line) => JSON.parse(line.slice(6)));
}

const withoutRaw = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, each: unknown) => (key === "raw" ? undefined : each)));

describe.skipIf(!hasCassettes)("recorded answers", () => {
  test(`${whole.length} JSON answers decode to their text, usage and finish reasons`, () => {
    expect(whole.length).toBeGreaterThan(90);
    for (const { name, body } of whole) {
      const answer = JSON.parse(body) as Answer;
      const { choices, usage, error, isWhole, start } = collectAnswer(readChatAnswer(answer));
      expect([name, error, isWhole, start?.id]).toEqual([name, undefined, true, answer.id]);
      for (const choice of answer.choices) {
        expect(choices.get(choice.index)?.text).toBe(textOf(choice.message["content"], "text"));
        expect(choices.get(choice.index)?.finish?.raw_reason).toBe(choice.finish_reason);
      }
      expect(usage?.raw).toEqual(answer.usage);
      expect(usage?.input).toBe(answer.usage["prompt_tokens"] as number);
      expect((usage?.input ?? 0) + (usage?.output ?? 0)).toBe(answer.usage["total_tokens"] as number);
    }
  });

  test(`${whole.length} JSON answers come out again with nothing lost`, () => {
    for (const { name, body } of whole) {
      const answer = JSON.parse(body) as Answer;
      const written = JSON.parse(JSON.stringify(writeChatAnswer(readChatAnswer(answer)))) as Answer;
      expect({ name, answer: normalise(written) }).toEqual({ name, answer: normalise(answer) });
    }
  });

  test(`${streams.length} streams decode to their text and usage`, () => {
    expect(streams.length).toBeGreaterThanOrEqual(10);
    for (const { name, body } of streams) {
      const chunks = chunksOf(body);
      const { choices, usage, error, isWhole } = collectAnswer(decode(body));
      const deltas = chunks.flatMap((chunk) => chunk.choices.map(({ delta }) => delta["content"]));
      expect([name, choices.get(0)?.text]).toEqual([name, deltas.map((each) => textOf(each, "text")).join("")]);
      expect([name, usage?.raw]).toEqual([name, chunks.findLast((chunk) => chunk.usage)?.usage]);
      const isError = chunks.some((chunk) => chunk.error !== undefined);
      expect([name, error !== undefined, isWhole]).toEqual([name, isError, !isError]);
    }
  });

  test(`${streams.length} streams, written anew, say the same, and the same again`, () => {
    for (const { name, body } of streams) {
      const first = decode(body);
      const second = decode(encode(first));
      const third = decode(encode(second));
      expect({ name, events: third }).toEqual({ name, events: second });
      const before = collectAnswer(first);
      const after = collectAnswer(second);
      expect(withoutRaw([...after.choices])).toEqual(withoutRaw([...before.choices]));
      expect(withoutRaw([after.start, after.extra, after.usage, after.error, after.isWhole])).toEqual(
        withoutRaw([before.start, before.extra, before.usage, before.error, before.isWhole]),
      );
    }
  });

  test(`${refusals.length} refusals give the vendor's own words`, () => {
    for (const { status, body } of refusals) {
      const { message, code } = readOpenAiError(status, body);
      const { error } = JSON.parse(body) as { error: { message: string; code: string | number | null } };
      expect(message.startsWith(error.message)).toBe(true);
      expect(code).toBe(error.code === null ? null : String(error.code));
    }
  });

  test("a server that is no model gives an error, not an answer", () => {
    const echoes = exchanges.filter(isEcho);
    expect(echoes.length).toBe(2);
    for (const { body } of echoes) {
      const isJson = body.startsWith("{");
      expect(readChatAnswer(isJson ? JSON.parse(body) : body).at(-1)?.type).toBe("error");
      expect(decode(body).at(-1)?.type).toBe("error");
    }
  });
});
