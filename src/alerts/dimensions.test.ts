import { expect, test } from "bun:test";
import { fingerprintOf, filterOf } from "./dimensions.ts";

test("what is asked for is calls through the gateway, unless it is of others or says what it is", () => {
  expect(filterOf({ of: { route: "fast" }, per: ["model"] })).toEqual({ route: "fast", own: "true" });
  const kind = ["call", "embedding", "rerank"];
  expect(filterOf({ of: { service: "shop" }, per: [] })).toEqual({ service: "shop", kind });
  expect(filterOf({ of: {}, per: ["user"] })).toEqual({ kind });
  expect(filterOf({ of: { kind: "tool", service: "shop" }, per: [] })).toEqual({ kind: "tool", service: "shop" });
  expect(filterOf({ of: { own: "false" }, per: ["user"] })).toEqual({ own: "false" });
});

test("the same labels have the same fingerprint in any order, and no others have it", () => {
  expect(fingerprintOf({ a: "1", b: "2" })).toBe(fingerprintOf({ b: "2", a: "1" }));
  expect(fingerprintOf({ a: '1","b' })).not.toBe(fingerprintOf({ a: "1", b: "" }));
});
