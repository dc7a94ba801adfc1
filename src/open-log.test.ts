import { expect, test } from "bun:test";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLog, wholeLines } from "./open-log.ts";

test("each line of one of several processes says whose it is", async () => {
  const folder = mkdtempSync(join(tmpdir(), "binnacle-log-"));
  const fd = openSync(join(folder, "log"), "w");
  const { log, writeLine, flush } = await openLog({ level: "info", out: { fd, write: () => undefined }, worker: 2 });
  log.info({ room: "x" }, "something");
  writeLine?.('{"msg":"call","time":1}');
  flush();
  closeSync(fd);
  const lines = readFileSync(join(folder, "log"), "utf8").trimEnd().split("\n");
  rmSync(folder, { recursive: true });
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { worker: 2, room: "x", msg: "something" },
    { worker: 2, msg: "call", time: 1 },
  ]);
});

test("lines are written in parts that a pipe takes as a whole, and a line that is longer by itself", () => {
  const lines = Array.from({ length: 40 }, (_, index) => `${"é".repeat(index * 10)}\n`);
  const long = `${"x".repeat(5000)}\n`;
  const parts = wholeLines([...lines, long, "end\n"].join(""));
  expect(parts.join("")).toBe([...lines, long, "end\n"].join(""));
  expect(parts.filter((part) => Buffer.byteLength(part) > 4096)).toEqual([long]);
  expect(parts.every((part) => part.endsWith("\n"))).toBe(true);
  expect(parts.length).toBeLessThan(10);
});
