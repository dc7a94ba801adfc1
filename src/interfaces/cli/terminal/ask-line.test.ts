// Lines typed by a person: in order, none lost, until they end the input or interrupt.
import { describe, expect, test } from "bun:test";
import { PassThrough } from "node:stream";
import { createLineAsker } from "./ask-line.ts";

function open() {
  const input = new PassThrough();
  const output = new PassThrough();
  let interrupts = 0;
  const asker = createLineAsker({ input, output }, () => void (interrupts += 1));
  let shown = "";
  output.on("data", (data) => void (shown += String(data)));
  return { input, asker, shown: () => shown, interrupts: () => interrupts };
}

describe("asking for lines", () => {
  test("shows the prompt and gives what was typed", async () => {
    const { input, asker, shown } = open();
    const line = asker.ask("› ");
    input.write("hello\r");
    expect(await line).toBe("hello");
    expect(shown()).toContain("› ");
    asker.close();
  });

  test("keeps lines that come before they are asked for", async () => {
    const { input, asker } = open();
    const first = asker.ask("› ");
    input.write("one\rtwo\rthree\r");
    expect(await first).toBe("one");
    expect(await asker.ask("› ")).toBe("two");
    expect(await asker.ask("› ")).toBe("three");
    asker.close();
  });

  test("ends with Ctrl-D, and stays ended", async () => {
    const { input, asker, interrupts } = open();
    const line = asker.ask("› ");
    input.write("\u0004");
    expect(await line).toBeUndefined();
    expect(await asker.ask("› ")).toBeUndefined();
    expect(interrupts()).toBe(0);
  });

  test("ends with Ctrl-C, which it reports", async () => {
    const { input, asker, interrupts } = open();
    const line = asker.ask("› ");
    input.write("\u0003");
    expect(await line).toBeUndefined();
    expect(interrupts()).toBe(1);
  });
});
