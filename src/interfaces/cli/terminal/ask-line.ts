// Asks a person for lines, with editing and history. One reader stays open over all questions, so that lines which
// arrive while an answer is printed (typed ahead, or pasted) are kept for the next questions and not lost.
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

const LINES_AHEAD_MAX = 1000;

export interface LineAsker {
  /** The next line; undefined once the input ended or was interrupted. */
  ask(prompt: string): Promise<string | undefined>;
  close(): void;
}

/** `onInterrupt`: Ctrl-C, which a terminal in line editing sends here and not as a signal. */
export function createLineAsker(streams: { input: Readable; output: Writable }, onInterrupt: () => void): LineAsker {
  const reader = createInterface({ ...streams, terminal: true, historySize: 100 });
  const ahead: string[] = [];
  let hasEnded = false;
  let answer: ((line: string | undefined) => void) | undefined;
  const settle = (line: string | undefined): void => {
    answer?.(line);
    answer = undefined;
  };
  reader.on("line", (line) => {
    if (answer) settle(line);
    else if (ahead.length < LINES_AHEAD_MAX) ahead.push(line);
  });
  reader.on("SIGINT", () => {
    onInterrupt();
    reader.close();
  });
  reader.on("close", () => {
    hasEnded = true;
    settle(undefined);
  });
  return {
    ask(prompt) {
      const next = ahead.shift();
      if (next !== undefined || hasEnded) return Promise.resolve(next);
      reader.setPrompt(prompt);
      reader.prompt();
      return new Promise((resolve) => void (answer = resolve));
    },
    close: () => reader.close(),
  };
}
