// Credentials take turns, and one that is in trouble rests.
import { expect, test } from "bun:test";
import { createCredentialPool, keyCredential, type KeyScheme } from "./credentials.ts";

const request = { method: "POST", url: "http://v.example", headers: {}, body: "" };
const named = (...names: string[]) => names.map((name) => keyCredential(name, { key: name, scheme: "bearer" }));
const turns = (pool: ReturnType<typeof createCredentialPool>, count: number, nowMs = 0) =>
  Array.from({ length: count }, () => pool.take(nowMs).name);

test("they take turns", () => {
  expect(turns(createCredentialPool(named("a", "b", "c")), 5)).toEqual(["a", "b", "c", "a", "b"]);
});

test("one that rests is passed over until its time is up", () => {
  const pool = createCredentialPool(named("a", "b"));
  pool.rest(pool.take(0), 1000);
  expect(turns(pool, 3)).toEqual(["b", "b", "b"]);
  expect(turns(pool, 3, 1000)).toEqual(["a", "b", "a"]);
});

test("when all rest, the one that is ready first is shown", () => {
  const pool = createCredentialPool(named("a", "b"));
  pool.rest(pool.take(0), 2000);
  pool.rest(pool.take(0), 1000);
  expect(pool.isReady(500)).toBe(false);
  expect(turns(pool, 2, 500)).toEqual(["b", "b"]);
  expect(pool.isReady(1000)).toBe(true);
});

test("a vendor without any is shown nothing", () => {
  const pool = createCredentialPool([]);
  expect(pool.size).toBe(1);
  expect(pool.take(0).authorize(request)).toEqual({});
});

test.each<[KeyScheme, Record<string, string>]>([
  ["bearer", { authorization: "Bearer k" }],
  ["token", { authorization: "Token k" }],
  ["x-api-key", { "x-api-key": "k" }],
  ["x-goog-api-key", { "x-goog-api-key": "k" }],
  ["api-key", { "api-key": "k" }],
])("a key is shown as %s", (scheme, headers) => {
  expect(keyCredential("env:K", { key: "k", scheme }).authorize(request)).toEqual(headers);
});
