import { expect, test } from "bun:test";
import { childNamed, cpuMs, descendantsOf, parseStat, rssBytes, treeCpuMs } from "./process-figures.ts";

const isLinux = process.platform === "linux";

test("reads a process whose name holds brackets and spaces", () => {
  const fields = ["S", 7, 1, 1, 0, -1, 0, 0, 0, 0, 0, 12, 3, 40, 2, 20];
  expect(parseStat(`99 (a) (b c) ${fields.join(" ")}`)).toEqual({
    parent: 7,
    name: "a) (b c",
    ownMs: 150,
    endedChildrenMs: 420,
  });
});

test.skipIf(!isLinux)("finds a child by its name, and among the descendants", async () => {
  const child = Bun.spawn(["sleep", "30"]);
  try {
    while (childNamed(process.pid, "sleep") === undefined) await Bun.sleep(1);
    expect(descendantsOf(process.pid)).toContain(child.pid);
    expect(rssBytes(child.pid)).toBeGreaterThan(0);
    // Its own time is read first: it only grows.
    const ownMs = cpuMs(process.pid);
    expect(treeCpuMs(process.pid)).toBeGreaterThanOrEqual(ownMs);
  } finally {
    child.kill();
    await child.exited;
  }
});

test.skipIf(!isLinux)("does not take a process that is gone for an idle one", async () => {
  const child = Bun.spawn(["true"]);
  await child.exited;
  expect(() => cpuMs(child.pid)).toThrow("is gone");
});
