// Lines into the store, many at a time, with few of them in memory.
import type { Batch, NewLine } from "../batch.ts";
import type { LineStore } from "../store/line-store.ts";

export interface LinePutter {
  put(line: NewLine): Promise<void>;
  /** Puts in what is still held. */
  end(): Promise<void>;
}

const HELD_LINES_MAX = 1000;
/** From here on PostgreSQL should know of them before they are claimed. */
const MANY_LINES = 500;
const HELD_LENGTH_MAX = 1024 * 1024;

export function createLinePutter(
  lines: Pick<LineStore, "insert" | "count">,
  batch: Pick<Batch, "id" | "sealedFor">,
): LinePutter {
  let held: NewLine[] = [];
  let length = 0;
  let total = 0;

  async function flush(): Promise<void> {
    if (held.length > 0) await lines.insert(batch, held);
    total += held.length;
    held = [];
    length = 0;
  }

  return {
    async put(line) {
      held.push(line);
      length += line.body.length;
      if (held.length >= HELD_LINES_MAX || length >= HELD_LENGTH_MAX) await flush();
    },
    async end() {
      await flush();
      if (total >= MANY_LINES) await lines.count();
    },
  };
}
