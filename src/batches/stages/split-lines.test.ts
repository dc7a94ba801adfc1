import { expect, test } from "bun:test";
import { splitLines } from "./split-lines.ts";

async function linesOf(pieces: Uint8Array[], bytesMax = 1000) {
  const lines = [];
  for await (const line of splitLines(feed(pieces), bytesMax)) lines.push(line);
  return lines;
}

async function* feed(pieces: Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield await Promise.resolve(piece);
}

const TEXT = Buffer.from('\uFEFF{"a":1}\r\n\n  {"é":"€ 𝄞"}\n\t\n{"last":true}');
const LINES = [
  { line: 1, text: '{"a":1}' },
  { line: 3, text: '{"é":"€ 𝄞"}' },
  { line: 5, text: '{"last":true}' },
];

test("finds the same lines wherever the bytes are cut", async () => {
  expect(await linesOf([TEXT])).toEqual(LINES);
  expect(await linesOf([...TEXT].map((byte) => Uint8Array.of(byte)))).toEqual(LINES);
  for (let cut = 0; cut <= TEXT.length; cut += 1)
    expect(await linesOf([TEXT.subarray(0, cut), TEXT.subarray(cut)])).toEqual(LINES);
});

test("finds nothing in nothing, and no line behind the last newline", async () => {
  expect(await linesOf([])).toEqual([]);
  expect(await linesOf([Buffer.from("\n\r\n  \n")])).toEqual([]);
  expect(await linesOf([Buffer.from("a\n")])).toEqual([{ line: 1, text: "a" }]);
});

test("names a line that is too long without holding it, and goes on behind it", async () => {
  const long = Buffer.from(`short\n${"x".repeat(50)}\nshort again`);
  const expected = [
    { line: 1, text: "short" },
    { line: 2, text: undefined },
    { line: 3, text: "short again" },
  ];
  expect(await linesOf([long], 20)).toEqual(expected);
  expect(
    await linesOf(
      [...long].map((byte) => Uint8Array.of(byte)),
      20,
    ),
  ).toEqual(expected);
});
