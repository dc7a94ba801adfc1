import { expect, test } from "bun:test";
import { readFrame } from "./frame.ts";
import { type BodyContent, createFrameWriter } from "./frame-writer.ts";

const times = { startedAtMs: 1, closedAtMs: 2 };
const bytesOf = (content: BodyContent): Buffer =>
  typeof content === "string"
    ? Buffer.from(content)
    : Buffer.concat(content instanceof Uint8Array ? [content] : content);

const contents: Record<string, BodyContent> = {
  "no text": "",
  "short text": "hello",
  "text beyond ASCII": "grüße 🙂 €".repeat(20),
  "long text": "x".repeat(300_000),
  "long text beyond ASCII": "🙂".repeat(100_000),
  bytes: new Uint8Array([0, 255, 128, 1]),
  "no bytes": new Uint8Array(0),
  pieces: [new Uint8Array([1, 2]), new Uint8Array(0), Buffer.from("three")],
  "no pieces": [],
};

for (const [name, content] of Object.entries(contents)) {
  test(`stores ${name} as they are, or as much as it may`, () => {
    const writer = createFrameWriter();
    const whole = bytesOf(content);
    for (const maxBytes of [0, 1, 2, 3, 5, whole.length - 1, whole.length, whole.length + 1, 3 * whole.length + 1]) {
      if (maxBytes < 0) continue;
      writer.begin();
      const put = writer.putRequest("before", 100);
      const { size, stored } = writer.putResponse(content, maxBytes);
      const frame = readFrame(writer.seal("{}", times), 0);
      expect(put).toEqual({ size: 6, stored: 6 });
      expect(size).toBe(whole.length);
      expect(stored).toBeLessThanOrEqual(maxBytes);
      // Text is cut between characters, of four bytes at the most.
      expect(stored).toBeGreaterThanOrEqual(Math.min(maxBytes, whole.length) - 3);
      expect(Buffer.from(frame?.response ?? []).equals(whole.subarray(0, stored))).toBe(true);
      expect(Buffer.from(frame?.request ?? []).toString()).toBe("before");
    }
  });
}

test("a frame has nothing of the one before it", () => {
  const writer = createFrameWriter();
  writer.begin();
  writer.putRequest("x".repeat(200_000), 1_000_000);
  writer.seal("{}", times);
  writer.begin();
  const frame = readFrame(writer.seal('{"second":true}', times), 0);
  expect([frame?.request.length, frame?.response.length]).toEqual([0, 0]);
  expect(Buffer.from(frame?.json ?? []).toString()).toBe('{"second":true}');
});

test("frames in a row stand one behind the other, and each is read as if it were alone", () => {
  const writer = createFrameWriter();
  const records = ["a", "b".repeat(100_000), "c"];
  for (const turn of [1, 2]) {
    writer.clear();
    for (const record of records) {
      writer.beginNext();
      writer.putRequest(`request ${turn}`, 100);
      writer.seal(record, { startedAtMs: turn, closedAtMs: 2 });
    }
    const bytes = writer.sealed();
    let at = 0;
    for (const record of records) {
      const frame = readFrame(bytes, at);
      expect(Buffer.from(frame?.json ?? []).toString()).toBe(record);
      expect(Buffer.from(frame?.request ?? []).toString()).toBe(`request ${turn}`);
      at += frame?.bytes.length ?? 0;
    }
    expect(at).toBe(bytes.length);
  }
});
