import { describe, expect, test } from "bun:test";
import { dialectNames } from "../../providers/index.ts";
import { guardedStream, leakIn, throughAll } from "./leaks.fixture.ts";
import { bytesIn, chunksOf, eventsOf, mediaTypeOf, randomFrom } from "./streams.fixture.ts";

const SPLITTINGS = 200;

test("an event that is nested more deeply than is read ends the stream unseen", () => {
  const { stream } = guardedStream("text/event-stream");
  const deep = `${"[".repeat(300)}"ada@example.com"${"]".repeat(300)}`;
  const shown = throughAll(stream, [Buffer.from(`data: {"choices":[{"index":0,"delta":{"content":${deep}}}]}\n\n`)]);
  expect(shown).toHaveLength(0);
  expect(stream.refusal?.code).toBe("guardrails.unreadable");
});

describe.each(dialectNames)("a streamed answer in %s", (dialect) => {
  test("never shows a part of what is masked, however it is cut", () => {
    for (let seed = 1; seed <= SPLITTINGS; seed += 1)
      expect({ seed, leak: leakIn(dialect, randomFrom(seed)) }).toEqual({ seed, leak: undefined });
  });

  test("goes out byte by byte as it came where nothing is found", () => {
    const random = randomFrom(7);
    const said = [{ choice: 0, kind: "text" as const, text: "All quiet by the sea, and 41 waves came in.".repeat(9) }];
    const bytes = bytesIn(dialect, eventsOf(said, random));
    const { stream, log } = guardedStream(mediaTypeOf(dialect));
    expect(Buffer.from(throughAll(stream, chunksOf(bytes, random))).equals(Buffer.from(bytes))).toBe(true);
    expect(log.findings).toEqual([]);
  });

  test("shows nothing of what is blocked, nor what follows", () => {
    const random = randomFrom(3);
    const text = `${"Before it. ".repeat(20)}ada@example.com and after it`;
    const bytes = bytesIn(dialect, eventsOf([{ choice: 0, kind: "text", text }], random));
    const { stream, log } = guardedStream(mediaTypeOf(dialect), "block");
    const shown = Buffer.from(throughAll(stream, chunksOf(bytes, random))).toString();
    expect(stream.refusal?.code).toBe("guardrails.blocked");
    expect(shown).not.toMatch(/ada@|example|after it/);
    expect(log.findings).toMatchObject([{ kind: "email", outcome: "blocked", side: "output" }]);
  });
});
