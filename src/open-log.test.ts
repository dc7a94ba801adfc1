// The log as machines and as people read it.
import { describe, expect, test } from "bun:test";
import { openSync, readFileSync, closeSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLog } from "./open-log.ts";

describe("the log", () => {
  test("gathers JSON lines for machines, calls among them, and loses none", () => {
    const folder = mkdtempSync(join(tmpdir(), "binnacle-log-"));
    const fd = openSync(join(folder, "log"), "w");
    const { log, writeLine, flush } = openLog({ level: undefined, out: { isTTY: false, fd, write: () => true } });
    for (let index = 0; index < 1000; index += 1) log.info({ index }, "event");
    log.debug("not asked for");
    writeLine?.('{"level":30,"msg":"call"}');
    flush();
    closeSync(fd);
    const lines = readFileSync(join(folder, "log"), "utf8").trim().split("\n");
    expect(lines.map((line) => JSON.parse(line)).map(({ index }) => index)).toEqual([...Array(1000).keys(), undefined]);
    rmSync(folder, { recursive: true });
  });

  test("is plain in a terminal, where only what needs a person is shown", () => {
    const shown: string[] = [];
    const { log, writeLine } = openLog({
      level: undefined,
      out: { isTTY: true, fd: 2, write: (text) => shown.push(text) },
    });
    log.info("all is well");
    log.warn({ room: "storage", err: new Error("gone") }, "the database cannot be reached");
    expect(writeLine).toBeUndefined();
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatch(/^\d\d:\d\d:\d\d warn {2}the database cannot be reached \(room=storage, gone\)\n$/);
  });
});
