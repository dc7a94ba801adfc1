import { timingSafeEqual } from "node:crypto";
import { describe, expect, test } from "bun:test";
import { hashKey } from "./key-format.ts";
import { isHashOf } from "./same-hash.ts";

const hashes = {
  hash: hashKey("present", "secret"),
  previous_hash: hashKey("before", "secret"),
  previous_until_ms: 1000,
};

describe("the secret of a key", () => {
  test("is the present one, or the one before until its overlap ends", () => {
    const holds = (text: string, nowMs: number) => isHashOf(hashes, hashKey(text, "secret"), { nowMs });
    expect([holds("present", 0), holds("before", 999), holds("present", 2000)]).toEqual([true, true, true]);
    expect([holds("before", 1000), holds("another", 0), holds("", 0)]).toEqual([false, false, false]);
  });

  test("is compared in constant time: the whole of both hashes, whichever is right and whether there is one before", () => {
    const given = ["present", "before", "another"].map((text) => hashKey(text, "secret"));
    for (const stored of [hashes, { ...hashes, previous_hash: null, previous_until_ms: null }])
      for (const each of given) {
        const compared: number[] = [];
        const isEqual = (left: Buffer, right: Buffer): boolean => {
          compared.push(left.length, right.length);
          return timingSafeEqual(left, right);
        };
        isHashOf(stored, each, { nowMs: 0, isEqual });
        expect(compared).toEqual([64, 64, 64, 64]);
      }
  });
});
