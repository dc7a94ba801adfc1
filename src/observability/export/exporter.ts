// Sends what closed calls come to, to one place: gathered, in order, within bounds. What does not fit or cannot be sent is
// dropped, counted, and told of in the log. No call waits for any of this.
import type { World } from "../../kernel/index.ts";
import type { CallRecord } from "../../ledger/contract.ts";
import type { ExportConfig } from "./config.ts";
import type { ExportState } from "./contract.ts";
import { createDelivery } from "./deliver.ts";
import type { Exported, Post } from "./post.ts";
import { isSampled } from "./sampling.ts";
import { createTally } from "./tally.ts";
import type { SpanMessage } from "./wire/otlp.ts";

export interface Exporter {
  /** Takes some 50 ns. */
  add(record: CallRecord): void;
  /** Sends what waits, for at most this long. */
  close(timeoutMs: number): Promise<void>;
  state(): Pick<ExportState, "queued" | "sent" | "dropped" | "rejected" | "last_error">;
}

export interface ExporterDeps {
  world: Pick<World, "monotonicMs" | "random" | "log">;
  post: Post;
  spansOf(record: CallRecord): SpanMessage[] | Promise<SpanMessage[]>;
  /** What stands around spans: who sends them. */
  wrap(spans: SpanMessage[]): Exported;
}

/** Some 20 µs each: others have their turn in between. */
const CALLS_AT_ONCE = 16;

export function createExporter(config: ExportConfig, { world, post, spansOf, wrap }: ExporterDeps): Exporter {
  const { queue_max, batch_max, interval, sampling, url } = config;
  const deliver = createDelivery(config, { world, post });
  const tally = createTally(url, world.log);
  const ending = new AbortController();
  let queue: CallRecord[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let isClosing = false;

  /** The next round begins when there are enough for one, or some have waited for long. */
  function wake(): void {
    if (running) return;
    const isFull = queue.length >= batch_max;
    if (timer !== undefined && !isFull) return;
    clearTimeout(timer);
    timer = setTimeout(() => void begin(), isFull ? 0 : interval);
  }

  function begin(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    running ??= run().finally(() => {
      running = undefined;
      if (queue.length > 0 && !isClosing) wake();
    });
    return running;
  }

  async function run(): Promise<void> {
    do {
      const batch = queue.slice(0, batch_max);
      queue = queue.slice(batch_max);
      if (batch.length > 0) await send(batch);
    } while (queue.length >= batch_max || (isClosing && queue.length > 0 && !ending.signal.aborted));
  }

  async function send(batch: readonly CallRecord[]): Promise<void> {
    const exported = wrap(await gather(batch, spansOf));
    const end = await deliver(exported, { signal: ending.signal, onTrouble: tally.trouble });
    if (end.outcome === "taken") tally.taken(batch.length, end);
    else tally.dropped(batch.length, end.why);
  }

  return {
    add(record) {
      if (isClosing || (sampling < 1 && !isSampled(record.trace_id, sampling))) return;
      if (queue.length >= queue_max) return tally.dropped(1, "the queue is full");
      queue.push(record);
      if (queue.length === 1 || queue.length === batch_max) wake();
    },
    async close(timeoutMs) {
      isClosing = true;
      const end = setTimeout(() => ending.abort(), timeoutMs);
      await begin();
      if (queue.length > 0 && !ending.signal.aborted) await begin();
      clearTimeout(end);
      ending.abort();
      if (queue.length > 0) tally.dropped(queue.length, "the program ended");
      queue = [];
    },
    state: () => ({ queued: queue.length, ...tally.state() }),
  };
}

async function gather(batch: readonly CallRecord[], spansOf: ExporterDeps["spansOf"]): Promise<SpanMessage[]> {
  const spans: SpanMessage[] = [];
  for (const [index, record] of batch.entries()) {
    if (index % CALLS_AT_ONCE === CALLS_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    spans.push(...(await spansOf(record)));
  }
  return spans;
}
