import { expect, test } from "bun:test";
import type { Frame } from "../journal/frame.ts";
import { cleanText, dayOf, hashBody, makeBatch } from "./batch.ts";
import { encodeByteaArray } from "./bytea-array.ts";

const DAY_MS = 86_400_000;
const NOON = 1_790_000_000_000 - (1_790_000_000_000 % DAY_MS) + DAY_MS / 2;

function frameOf({ request = "", response = "", json = "{}", startedAtMs = NOON }): Frame {
  const bytes = [request, response, json].map((part) => Buffer.from(part)) as [Buffer, Buffer, Buffer];
  return {
    request: bytes[0],
    response: bytes[1],
    json: bytes[2],
    startedAtMs,
    closedAtMs: startedAtMs,
    bytes: Buffer.alloc(0),
  };
}

test("a body that comes twice in a day is sent once, and once for each day", async () => {
  const { bodies } = await makeBatch([
    frameOf({ request: "same", response: "other" }),
    frameOf({ request: "new", response: "same" }),
    frameOf({ request: "same", startedAtMs: NOON + DAY_MS }),
  ]);
  expect(bodies.records).toEqual([1, 1, 2, 3]);
  expect(bodies.areRequests).toEqual([true, false, true, true]);
});

test("hashes stand for the records in order, with null for a body that was not stored", async () => {
  const batch = await makeBatch([frameOf({ request: "a" }), frameOf({ response: "b" })]);
  expect(batch.requestHashes).toEqual(encodeByteaArray([hashBody(Buffer.from("a")), null]));
  expect(batch.responseHashes).toEqual(encodeByteaArray([null, hashBody(Buffer.from("b"))]));
});

test("long bodies are compressed where that makes them shorter", async () => {
  const noise = Buffer.from(crypto.getRandomValues(new Uint8Array(5000))).toString("latin1");
  const { bodies } = await makeBatch(
    ["short", "long ".repeat(1000), "longer ".repeat(100_000), noise].map((request) => frameOf({ request })),
  );
  expect(bodies.encodings.slice(0, 3)).toEqual(["plain", "zstd", "zstd"]);
  expect(bodies.bytes.length).toBeLessThan(10_000 + 2 * noise.length);
});

test("records go through as they are, one beside the other", async () => {
  const records = ['{"a":1}', '{"b":"\\\\u0000 \\\\ud800 é"}', '{"c":[]}'];
  const batch = await makeBatch(records.map((json) => frameOf({ json })));
  expect(batch.records.readUInt8(0)).toBe(1);
  expect(batch.records.subarray(1).toString()).toBe(`[${records.join(",")}]`);
});

test("only what PostgreSQL cannot hold is replaced", async () => {
  const value = {
    text: "a\0b",
    half: "\ud83d x",
    whole: "🙂",
    "a\\u0000 literal": "\\u0000",
    nested: [{ deep: "\0" }],
  };
  const batch = await makeBatch([frameOf({ json: JSON.stringify(value) }), frameOf({ json: '{"other":"é"}' })]);
  expect(JSON.parse(batch.records.subarray(1).toString())).toEqual([
    { text: "a\uFFFDb", half: "\uFFFD x", whole: "🙂", "a\\u0000 literal": "\\u0000", nested: [{ deep: "\uFFFD" }] },
    { other: "é" },
  ]);
  expect(cleanText("fine")).toBe("fine");
});

test("a day begins at midnight UTC", () => {
  expect([dayOf(0), dayOf(DAY_MS - 1), dayOf(DAY_MS), dayOf(-1)]).toEqual([0, 0, 1, -1]);
});
