// A browser is installed by whoever may, and asked for by whoever may not.
import { describe, expect, test } from "bun:test";
import { ensureChromium, type Machine } from "./ensure-chromium.ts";

function machine(about: Partial<Machine>) {
  const ran: string[] = [];
  const told: string[] = [];
  const made: Machine = {
    found: undefined,
    isRoot: true,
    hasApt: true,
    run: async (command) => {
      ran.push(command.join(" "));
      return 0;
    },
    tell: (line) => told.push(line),
    ...about,
  };
  return { made, ran, told };
}

describe("a Chromium for tests", () => {
  test("is left alone where there is one", async () => {
    const { made, ran, told } = machine({ found: "/usr/bin/chromium" });
    await ensureChromium(made);
    expect([...ran, ...told]).toEqual([]);
  });

  test("is installed by root", async () => {
    const { made, ran } = machine({});
    await ensureChromium(made);
    expect(ran.at(-1)).toEndWith("chromium-headless-shell");
  });

  test("is asked for where packages cannot be installed, or could not be", async () => {
    for (const about of [{ isRoot: false }, { hasApt: false }, { run: async () => 100 }]) {
      const { made, told } = machine(about);
      await ensureChromium(made);
      expect(told.at(-1)).toContain("will be skipped");
      expect(told.at(-1)).toContain("BINNACLE_CHROMIUM");
    }
  });
});
