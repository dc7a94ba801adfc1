// Sends what closed calls come to, to one place: gathered, in order, tried again where that may help, within bounds. What does
// not fit or cannot be sent is dropped, counted, and told of in the log. No call waits for any of this.
import { sleep, type World } from "../../kernel/index.ts";
import type { CallRecord } from "../../ledger/contract.ts";
import type { ExportConfig } from "./config.ts";
import type { ExportState } from "./contract.ts";
import type { Post } from "./post.ts";
import { isSampled } from "./sampling.ts";
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
  wrap(spans: SpanMessage[]): Parameters<Post>[0];
}

const CALLS_AT_ONCE = 16;
const FIRST_RETRY_MS = 500;
const RETRY_MAX_MS = 30_000;

export function createExporter(config: ExportConfig, { world, post, spansOf, wrap }: ExporterDeps): Exporter {
  const { queue_max, batch_max, interval, sampling, retry_for, url } = config;
  const ending = new AbortController();
  let queue: CallRecord[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let isClosing = false;
  const counts = { sent: 0, dropped: 0, rejected: 0 };
  let lastError: string | null = null;

  function wake(delayMs: number): void {
    if (running) return;
    if (timer !== undefined && delayMs > 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => void begin(), delayMs);
  }

  function begin(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    running ??= run().finally(() => {
      running = undefined;
      if (queue.length > 0 && !isClosing) wake(queue.length >= batch_max ? 0 : interval);
    });
    return running;
  }

  async function run(): Promise<void> {
    do {
      const batch = queue.slice(0, batch_max);
      queue = queue.slice(batch_max);
      if (batch.length > 0) await deliver(batch);
    } while (queue.length >= batch_max || (isClosing && queue.length > 0 && !ending.signal.aborted));
  }

  async function deliver(batch: readonly CallRecord[]): Promise<void> {
    const spans: SpanMessage[] = [];
    for (const [index, record] of batch.entries()) {
      // Some 20 µs each: calls have their turn in between.
      if (index % CALLS_AT_ONCE === CALLS_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
      spans.push(...(await spansOf(record)));
    }
    const sending = wrap(spans);
    const beganMs = world.monotonicMs();
    for (let tries = 1; ; tries += 1) {
      const posted = await post(sending, ending.signal);
      if (posted.outcome === "taken") return taken(batch.length, posted);
      const waitMs = posted.outcome === "later" ? waitBefore(tries, posted.afterMs) : Infinity;
      const isTooLate = world.monotonicMs() + waitMs - beganMs > retry_for;
      if (isTooLate || ending.signal.aborted) return dropped(batch.length, posted.why);
      noteError(posted.why);
      await sleep(waitMs, ending.signal);
    }
  }

  function waitBefore(tries: number, askedMs: number): number {
    const usualMs = Math.min(RETRY_MAX_MS, FIRST_RETRY_MS * 2 ** (tries - 1));
    return Math.max(askedMs, usualMs * (0.5 + world.random() / 2));
  }

  function taken(calls: number, { rejected, why }: { rejected: number; why: string | null }): void {
    counts.sent += calls;
    counts.rejected += rejected;
    if (rejected > 0) return noteError(`${rejected} spans were rejected${why === null ? "" : `: ${why}`}`);
    if (lastError !== null) world.log.info({ url, dropped: counts.dropped }, "calls are exported again");
    lastError = null;
  }

  function dropped(calls: number, why: string): void {
    counts.dropped += calls;
    noteError(why);
  }

  /** Told when it begins, not each time. */
  function noteError(why: string): void {
    if (lastError === null) world.log.warn({ url, why }, "calls cannot be exported");
    lastError = why;
  }

  return {
    add(record) {
      if (isClosing || (sampling < 1 && !isSampled(record.trace_id, sampling))) return;
      if (queue.length >= queue_max) return dropped(1, "the queue is full");
      queue.push(record);
      if (queue.length === 1 || queue.length === batch_max) wake(queue.length >= batch_max ? 0 : interval);
    },
    async close(timeoutMs) {
      isClosing = true;
      const end = setTimeout(() => ending.abort(), timeoutMs);
      await (running ?? begin());
      if (queue.length > 0 && !ending.signal.aborted) await begin();
      clearTimeout(end);
      ending.abort();
      counts.dropped += queue.length;
      queue = [];
    },
    state: () => ({ queued: queue.length, ...counts, last_error: lastError }),
  };
}
