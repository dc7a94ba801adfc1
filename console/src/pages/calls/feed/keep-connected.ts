// Keeps one stream of server-sent events open: opens it, reads it, and after any end waits (longer each time, with
// jitter) and opens it again. A line on which nothing at all is heard, keep-alives included, counts as dead.
import { explainError, type Problem } from "../../../api/explain-error.ts";

export type Connection =
  | { kind: "opening" }
  | { kind: "live" }
  | { kind: "waiting"; retryAtMs: number; problem: Problem | null };

export interface ConnectionOptions<T> {
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>;
  receive: (item: T) => void;
  onChange: (connection: Connection) => void;
  lastHeardMs: () => number | null;
  /** Wait before the first new try; doubled up to `waitMaxMs`. */
  waitMinMs?: number;
  waitMaxMs?: number;
  /** The server sends a keep-alive every 5 s. */
  silenceMaxMs?: number;
}

export interface KeptConnection {
  /** Ends a wait at once: the network came back, or the reader asked. */
  retryNow: () => void;
  close: () => void;
}

export function keepConnected<T>(options: ConnectionOptions<T>): KeptConnection {
  const { waitMinMs = 500, waitMaxMs = 10_000, silenceMaxMs = 20_000 } = options;
  let closed = false;
  let current = new AbortController();
  let wake = (): void => {};

  async function readOnce(): Promise<boolean> {
    current = new AbortController();
    const openedMs = Date.now();
    const watchdog = setInterval(() => {
      if (Date.now() - Math.max(openedMs, options.lastHeardMs() ?? 0) > silenceMaxMs) current.abort();
    }, silenceMaxMs / 10);
    let wasLive = false;
    try {
      options.onChange({ kind: "opening" });
      const items = await options.open(current.signal);
      wasLive = true;
      if (!closed) options.onChange({ kind: "live" });
      for await (const item of items) options.receive(item);
    } finally {
      clearInterval(watchdog);
      current.abort();
    }
    return wasLive;
  }

  async function run(): Promise<void> {
    let waitMs = waitMinMs;
    while (!closed) {
      const openedMs = Date.now();
      const problem = await readOnce().then(() => null, explainError);
      if (closed || problem?.kind === "signed_out") {
        if (!closed) options.onChange({ kind: "waiting", retryAtMs: Infinity, problem });
        return;
      }
      // A line that held for a while was a good one: the next wait is short again.
      if (Date.now() - openedMs > waitMaxMs) waitMs = waitMinMs;
      const pauseMs = waitMs * (0.75 + Math.random() / 2);
      options.onChange({ kind: "waiting", retryAtMs: Date.now() + pauseMs, problem });
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pauseMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      waitMs = Math.min(waitMaxMs, waitMs * 2);
    }
  }

  void run();
  return {
    retryNow: () => wake(),
    close() {
      closed = true;
      current.abort();
      wake();
    },
  };
}
