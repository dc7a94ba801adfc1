import { describe, expect, test } from "bun:test";
import type { ChatEvent, DialectName } from "../contract.ts";
import { type CallerRequest, readRequest } from "../exchange/caller-request.ts";
import { bytesOf } from "../exchange/meter-events.ts";
import { dialectNames, dialectOf } from "../formats/dialects.ts";
import { readAnswerTexts, rewordAnswer, type WrittenAnswer } from "./answer-texts.ts";

const usage = { input: 1, output: 2, cache_read: 0, cache_write: 0, reasoning: 0 };
const events: ChatEvent[] = [
  { type: "start", id: "i", model: "m", created_s: 5 },
  { type: "reasoning", choice: 0, text: "hmm" },
  { type: "text", choice: 0, text: "he" },
  { type: "text", choice: 0, text: "llo" },
  { type: "finish", choice: 0, reason: "length", raw_reason: "length" },
  { type: "usage", usage },
  { type: "end" },
];

function requestIn(dialect: DialectName, stream: boolean, more: Partial<CallerRequest> = {}): CallerRequest {
  const turn = { role: "user", content: "x" };
  const body = {
    gemini: { contents: [{ parts: [{ text: "x" }] }] },
    "bedrock-converse": { messages: [{ role: "user", content: [{ text: "x" }] }] },
    "openai-responses": { model: "m", input: "x", stream },
  }[dialect as string] ?? { model: "m", max_tokens: 5, messages: [turn], stream };
  const said = {
    operation: "chat",
    dialect,
    text: JSON.stringify(body),
    model: "m",
    stream,
    includeUsage: false,
  } as const;
  return { ...said, ...more };
}

function answerTo(request: CallerRequest, said: ChatEvent[] = events): WrittenAnswer {
  const { caller } = dialectOf(request.dialect);
  if (!request.stream) return { mediaType: "application/json", content: JSON.stringify(caller.writeAnswer(said, [])) };
  const { framing } = request;
  const encoder = caller.createEncoder({ request: readRequest(request), told: [], ...(framing && { framing }) });
  const mediaType = framing ? "application/json" : (caller.streamType ?? "text/event-stream");
  return { mediaType, content: bytesOf(said.map(encoder.write)) };
}

function wholeWith(request: CallerRequest, text: string): string {
  const [start, reasoning, , , ...rest] = events;
  if (!start || !reasoning) throw new Error("no events");
  return String(answerTo(request, [start, reasoning, { type: "text", choice: 0, text }, ...rest]).content);
}

const requests: [string, CallerRequest][] = [
  ...dialectNames.flatMap((dialect): [string, CallerRequest][] => [
    [dialect, requestIn(dialect, false)],
    [`${dialect}, as a stream`, requestIn(dialect, true)],
  ]),
  ["gemini, as a list", requestIn("gemini", true, { framing: "array" })],
];

describe.each(requests)("an answer in %s", (_, request) => {
  test("is read: its text, and that it was cut off", () => {
    expect(readAnswerTexts(request, answerTo(request))).toEqual([
      { choice: 0, text: "hello", isOther: false, isCut: true },
    ]);
  });

  test("says another text, and all else as before", () => {
    const answer = answerTo(request);
    const reworded = { ...answer, content: rewordAnswer(request, answer, new Map([[0, "NEW"]])) };
    expect(readAnswerTexts(request, reworded)).toMatchObject([{ text: "NEW", isCut: true }]);
    expect(Buffer.from(reworded.content).toString()).toContain("hmm");
    if (!request.stream) expect(JSON.parse(String(reworded.content))).toEqual(JSON.parse(wholeWith(request, "NEW")));
  });
});
