// Lines into the store, many at a time, with few of them in memory.
import type { NewLine } from "../batch.ts";
import type { LineStore } from "../store/line-store.ts";

export interface LinePutter {
  put(line: NewLine): Promise<void>;
  /** What is still held. */
  flush(): Promise<void>;
}

const HELD_LINES_MAX = 1000;
const HELD_LENGTH_MAX = 1024 * 1024;

export function createLinePutter(lines: Pick<LineStore, "insert">, batchId: string): LinePutter {
  let held: NewLine[] = [];
  let length = 0;

  async function flush(): Promise<void> {
    if (held.length > 0) await lines.insert(batchId, held);
    held = [];
    length = 0;
  }

  return {
    async put(line) {
      held.push(line);
      length += line.body.length;
      if (held.length >= HELD_LINES_MAX || length >= HELD_LENGTH_MAX) await flush();
    },
    flush,
  };
}
