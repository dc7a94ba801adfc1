import { expect, test } from "bun:test";
import { findFrame, frameLengthAt, readFrame } from "./frame.ts";
import { createFrameWriter } from "./frame-writer.ts";

const times = { startedAtMs: 1_790_000_000_000, closedAtMs: 1_790_000_000_456.5 };

function frameOf(request: string, response: string, json: string): Buffer {
  const writer = createFrameWriter();
  writer.begin();
  writer.putRequest(request, 1_000_000);
  writer.putResponse(response, 1_000_000);
  return Buffer.from(writer.seal(json, times));
}

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();

test("a frame reads back as it was written, wherever it stands", () => {
  const frame = frameOf("request ü 🙂", "", '{"a":"é"}');
  const buffer = Buffer.concat([Buffer.alloc(7, 0xff), frame, Buffer.alloc(3, 0xff)]);
  const read = readFrame(buffer, 7);
  expect(text(read?.request)).toBe("request ü 🙂");
  expect(text(read?.response)).toBe("");
  expect(text(read?.json)).toBe('{"a":"é"}');
  expect(read).toMatchObject(times);
  expect(read?.bytes.length).toBe(frame.length);
});

test("a frame with any bit turned over is not taken for one", () => {
  const frame = frameOf("request", "response", '{"a":1}');
  for (let bit = 0; bit < frame.length * 8; bit += 1) {
    const damaged = Buffer.from(frame);
    damaged.writeUInt8(damaged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    expect(readFrame(damaged, 0)).toBeUndefined();
  }
});

test("a frame that is cut at any place is not taken for one", () => {
  const frame = frameOf("request", "response", '{"a":1}');
  for (let length = 0; length < frame.length; length += 1) {
    expect(readFrame(frame.subarray(0, length), 0)).toBeUndefined();
    const zeroed = Buffer.alloc(frame.length + 100);
    frame.copy(zeroed, 0, 0, length);
    expect(readFrame(zeroed, 0)).toBeUndefined();
  }
});

test("zeros are not a frame, though the checksum of nothing is zero", () => {
  expect(frameLengthAt(Buffer.alloc(200), 0)).toBe(0);
  expect(findFrame(Buffer.alloc(200), 0)).toBe(-1);
});

test("the next intact frame is found behind any rubbish", () => {
  const frame = frameOf("request", "response", '{"a":1}');
  const damaged = Buffer.from(frame);
  damaged.writeUInt8(damaged.readUInt8(60) ^ 1, 60);
  for (const rubbish of [
    Buffer.alloc(0),
    Buffer.alloc(1, 1),
    Buffer.alloc(99),
    Buffer.alloc(41, 0xff),
    frame.subarray(0, 20),
    damaged,
  ])
    expect(findFrame(Buffer.concat([rubbish, frame]), 0)).toBe(rubbish.length);
  expect(findFrame(Buffer.concat([frame, damaged]), 1)).toBe(-1);
});
