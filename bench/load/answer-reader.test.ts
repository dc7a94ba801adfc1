import { expect, test } from "bun:test";
import { createAnswerReader } from "./answer-reader.ts";

const bytesOf = (text: string) => Buffer.from(text, "latin1");

const SIZED = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world";
const CHUNKED = "HTTP/1.1 429 Too Many\r\ntransfer-encoding: chunked\r\n\r\n6\r\nhello \r\n5;a=b\r\nworld\r\n0\r\n\r\n";

for (const [kind, text, status] of [
  ["an answer with a length", SIZED, 200],
  ["a chunked answer", CHUNKED, 429],
] as const)
  test(`reads ${kind} the same, wherever the bytes are cut`, () => {
    for (let cut = 1; cut < text.length; cut += 1) {
      const reader = createAnswerReader();
      expect(reader.push(bytesOf(text.slice(0, cut)))).toBe(false);
      expect(reader.push(bytesOf(text.slice(cut)))).toBe(true);
      expect([reader.status(), reader.body()]).toEqual([status, "hello world"]);
    }
  });

test("reads answers one after another on one connection", () => {
  const reader = createAnswerReader();
  expect(reader.push(bytesOf(CHUNKED))).toBe(true);
  reader.reset();
  expect(reader.push(bytesOf(SIZED))).toBe(true);
  expect([reader.status(), reader.body(), reader.keepsAlive()]).toEqual([200, "hello world", true]);
});

test("says when the server will close the connection", () => {
  const reader = createAnswerReader();
  reader.push(bytesOf("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"));
  expect(reader.keepsAlive()).toBe(false);
});

test("shows a body as far as it has come", () => {
  const reader = createAnswerReader();
  reader.push(bytesOf("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n6\r\nhello \r\n5\r\nwo"));
  expect(reader.body()).toBe("hello ");
});

test("refuses what is not HTTP/1.1, has no length, or is longer than it said", () => {
  for (const text of [
    "SSH-2.0-x\r\n\r\n",
    "HTTP/1.1 200 OK\r\nserver: x\r\n\r\n",
    "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nabc",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
  ])
    expect(() => createAnswerReader().push(bytesOf(text))).toThrow();
});
