import { expect, test } from "bun:test";
import type { Frame } from "../journal/frame.ts";
import { cleanText, dayOf, hashBody, makeBatch } from "./batch.ts";
import { encodeByteaArray } from "./bytea-array.ts";

const DAY_MS = 86_400_000;
const NOON = 1_790_000_000_000 - (1_790_000_000_000 % DAY_MS) + DAY_MS / 2;

function frameOf({ request = "" as string | Uint8Array, response = "", json = "{}", startedAtMs = NOON }): Frame {
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

test("bodies go as they are, with null where none was stored", async () => {
  const batch = await makeBatch([frameOf({ request: "a" }), frameOf({ response: "b" })]);
  expect(batch.requests).toEqual(encodeByteaArray([Buffer.from("a"), null]));
  expect(batch.responses).toEqual(encodeByteaArray([null, Buffer.from("b")]));
  expect(batch.requestHashes).toEqual(encodeByteaArray([null, null]));
});

test("long bodies go compressed and with their hash, where that makes them shorter", async () => {
  const noise = Buffer.from(crypto.getRandomValues(new Uint8Array(5000)));
  const [long, longer] = [Buffer.from("long ".repeat(1000)), Buffer.from("longer ".repeat(100_000))];
  const batch = await makeBatch([Buffer.from("short"), long, longer, noise].map((request) => frameOf({ request })));
  expect(batch.requestHashes).toEqual(encodeByteaArray([null, hashBody(long), hashBody(longer), null]));
  expect(batch.requests.length).toBeLessThan(1000 + noise.length);
});

test("records go through as they are", async () => {
  const records = ['{"a":1}', '{"b":"\\\\u0000 \\\\ud800 é"}', '{"c":[]}'];
  const batch = await makeBatch(records.map((json) => frameOf({ json })));
  expect(batch.records).toEqual(encodeByteaArray(records.map((json) => Buffer.from(json))));
});

test("only what PostgreSQL cannot hold is replaced", async () => {
  const value = {
    text: "a\0b",
    half: "\ud83d x",
    whole: "🙂",
    "a\\u0000 literal": "\\u0000",
    nested: [{ deep: "\0" }],
  };
  const clean = { ...value, text: "a\uFFFDb", half: "\uFFFD x", nested: [{ deep: "\uFFFD" }] };
  const other = { other: "é" };
  const batch = await makeBatch([value, other].map((record) => frameOf({ json: JSON.stringify(record) })));
  expect(batch.records).toEqual(encodeByteaArray([clean, other].map((record) => Buffer.from(JSON.stringify(record)))));
  expect(cleanText("fine")).toBe("fine");
});

test("a day begins at midnight UTC", () => {
  expect([dayOf(0), dayOf(DAY_MS - 1), dayOf(DAY_MS), dayOf(-1)]).toEqual([0, 0, 1, -1]);
});
