import { expect, test } from "bun:test";
import { assert, json, oneof, property, string } from "fast-check";
import { isSealed } from "../kernel/index.ts";
import { keyIdIn, open, seal, uuidOf } from "./envelope.ts";

const key = { id: Buffer.alloc(16, 7), secret: Buffer.alloc(32, 1) };
const nonce = Buffer.alloc(12, 3);
const place = "a-record/request";
const sealed = (text: string) => seal(Buffer.from(text), { key, place, nonce });

test("what is sealed opens at its place with its key, and nothing else does", () => {
  const bytes = sealed("ahoy");
  expect(isSealed(bytes)).toBe(true);
  expect(keyIdIn(bytes)).toBe(uuidOf(key.id));
  expect(open(bytes, { secret: key.secret, place })?.toString()).toBe("ahoy");
  expect(open(bytes, { secret: key.secret, place: "another/request" })).toBeUndefined();
  expect(open(bytes, { secret: Buffer.alloc(32, 2), place })).toBeUndefined();
});

test("a byte that is altered, anywhere behind the mark, is found", () => {
  const bytes = sealed("a text of some length, so that there is something to alter");
  for (let at = 3; at < bytes.length; at += 1) {
    if (at >= 4 && at < 20) continue; // The id of the key says which key to ask for; another key does not open it.
    const altered = Buffer.from(bytes);
    altered[at] = (altered[at] ?? 0) ^ 1;
    expect(open(altered, { secret: key.secret, place })).toBeUndefined();
  }
});

test("what was compressed before comes out as it was", () => {
  const plain = Buffer.from("again and ".repeat(1000));
  const bytes = seal(Bun.zstdCompressSync(plain), { key, place, nonce, isZstd: true });
  expect(bytes.length).toBeLessThan(plain.length);
  expect(open(bytes, { secret: key.secret, place })).toEqual(plain);
});

test("no text, JSON or zstd is taken for sealed", () => {
  assert(
    property(oneof(json(), string()), (text) => {
      expect(isSealed(Buffer.from(text))).toBe(false);
      expect(isSealed(Bun.zstdCompressSync(Buffer.from(text)))).toBe(false);
    }),
    { seed: 1 },
  );
});
