// Streams of real vendors, broken off after each of their texts' pieces and gone on with by another: what the caller gets is one
// answer in its dialect, whole, numbered through, and with the same text.
import { describe, expect, test } from "bun:test";
import { readRecordings, type Recording } from "../../drills/dialects/recordings.ts";
import type { ChatEvent } from "../../src/providers/contract.ts";
import {
  type CallerRequest,
  dialectNames,
  dialectOf,
  joinAnswer,
  readBrokenAnswer,
  readRequest,
} from "../../src/providers/index.ts";
import type { StreamMeter } from "../../src/providers/passthrough/meter-stream.ts";
import { noFacts } from "../../src/providers/passthrough/answer-facts.ts";

const recordings = readRecordings(dialectNames).filter(({ isStream, status }) => isStream && status === 200);
const usage = { input: 7, output: 5, cache_read: 0, cache_write: 0, reasoning: 0 };
const [SECOND, COMMENT] = ["the second half", "b/two goes on"];

const callerOf = ({ dialect, request }: Recording): CallerRequest => ({
  operation: "chat",
  dialect,
  text: JSON.stringify(request),
  model: "m",
  stream: true,
  includeUsage: false,
});

function decode({ dialect }: Recording, bytes: Uint8Array): ChatEvent[] {
  const decoder = dialectOf(dialect).vendor.createDecoder({ eventBytesMax: 1 << 24 });
  return [...decoder.feed(bytes), ...decoder.finish()];
}

/** The bytes up to the end of each event. */
function* beginningsOf({ dialect, body }: Recording): Iterable<Uint8Array> {
  const bytes = Buffer.from(body);
  const mark = dialect === "ollama-chat" ? "\n" : body.includes("\r\n\r\n") ? "\r\n\r\n" : "\n\n";
  for (let end = bytes.indexOf(mark); end >= 0; end = bytes.indexOf(mark, end + 1))
    yield bytes.subarray(0, end + mark.length);
}

async function goOn(recording: Recording, said: Uint8Array): Promise<Uint8Array | undefined> {
  const caller = callerOf(recording);
  const mediaType = recording.headers["content-type"] ?? "";
  const broken = readBrokenAnswer(caller, { bytes: said, mediaType });
  if (!broken) return undefined;
  const encoder = dialectOf(recording.dialect).caller.createEncoder({ request: readRequest(caller), told: [] });
  const rest: ChatEvent[] = [
    { type: "start", id: "another", model: "another", created_s: 1 },
    { type: "text", choice: 0, text: ` ${SECOND}` },
    { type: "finish", choice: 0, reason: "stop", raw_reason: "stop" },
    { type: "usage", usage },
    { type: "end" },
  ];
  const pieces = rest.map((event) => Buffer.from(encoder.write(event)));
  const next = (): Promise<Uint8Array | null> => Promise.resolve(pieces.shift() ?? null);
  const meter = { facts: noFacts(), hasContent: true, isComplete: false, fault: undefined } as StreamMeter;
  const body = { meter, next, cancel: () => undefined };
  const joined = joinAnswer(
    { kind: "stream", status: 200, headers: new Headers(), mediaType, body },
    new Uint8Array(),
    { caller, broken, usageBefore: usage, mediaType, comment: COMMENT },
  );
  const parts: Uint8Array[] = [said];
  for (let part = await joined.next(); part !== null; part = await joined.next()) parts.push(part);
  return Buffer.concat(parts);
}

const textOf = (events: readonly ChatEvent[]): string =>
  events.map((event) => (event.type === "text" ? event.text : "")).join("");

/** Some 20 places of a stream, among them the first and the last. */
function sample<T>(all: readonly T[]): T[] {
  const step = Math.max(1, Math.floor(all.length / 20));
  return all.filter((_, index) => index % step === 0 || index === all.length - 1);
}

async function judge(recording: Recording): Promise<number> {
  let count = 0;
  for (const said of sample([...beginningsOf(recording)])) {
    const joined = await goOn(recording, said);
    if (!joined) continue;
    count += 1;
    const events = decode(recording, joined);
    const before = decode(recording, said).filter(({ type }) => type !== "error");
    expect(textOf(events)).toBe(`${textOf(before)} ${SECOND}`);
    expect(events.filter(({ type }) => type === "start")).toHaveLength(1);
    expect(events.filter(({ type }) => type === "finish")).toHaveLength(1);
    expect(events.at(-1)).toEqual({ type: "end" });
    const numbers = [...joined.toString().matchAll(/^data: .*"sequence_number":(\d+)/gm)].map(([, number]) =>
      Number(number),
    );
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  }
  return count;
}

describe.skipIf(recordings.length === 0)(
  "a recorded stream that breaks anywhere is one whole answer in the end",
  () => {
    for (const dialect of dialectNames.filter((name) => name !== "bedrock-converse"))
      test(dialect, async () => {
        let count = 0;
        for (const recording of recordings.filter((each) => each.dialect === dialect)) count += await judge(recording);
        if (recordings.some((each) => each.dialect === dialect)) expect(count).toBeGreaterThan(0);
      });
  },
);
