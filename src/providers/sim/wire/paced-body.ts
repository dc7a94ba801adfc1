// Lets prepared frames out at their times, as a byte stream that can also break or fall silent. One timer at most is
// pending; it goes when the reader cancels or the signal aborts.

export interface Pacing {
  /** Milliseconds to wait before the frame at `index`; the first leaves at once whatever this says. */
  waitMs(index: number): number;
  monotonicMs(): number;
  signal: AbortSignal | undefined;
  /** What happens after the last frame. */
  ending: "close" | "silence" | { breaksWith: unknown };
}

const encoder = new TextEncoder();

/** A server that is told to break a body at once throws away what it has not sent yet. */
const BREAK_AFTER_MS = 5;

/**
 * Frames leave no earlier than their time; those whose time has passed (a late timer, a slow reader) leave together,
 * so that a hundred tokens at 2 ms take 200 ms and not a hundred times the timer's error.
 */
export function createPacedBody(frames: string[], pacing: Pacing): ReadableStream<Uint8Array> {
  const { signal, ending } = pacing;
  let next = 0;
  let dueMs = pacing.monotonicMs();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wake: (() => void) | undefined;
  let onAbort: (() => void) | undefined;

  const stop = (): void => {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener("abort", onAbort);
    wake?.();
  };
  const after = (ms: number, act: () => void): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
      timer = setTimeout(() => {
        act();
        resolve();
      }, ms);
    });
  const emitDue = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    const nowMs = pacing.monotonicMs();
    let text = "";
    do {
      text += frames[next] ?? "";
      next += 1;
      if (next < frames.length) dueMs += pacing.waitMs(next);
    } while (next < frames.length && dueMs <= nowMs);
    if (text !== "") controller.enqueue(encoder.encode(text));
  };
  const finish = (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> | undefined => {
    if (ending === "silence") return new Promise((resolve) => (wake = resolve));
    if (ending !== "close")
      return after(BREAK_AFTER_MS, () => {
        stop();
        controller.error(ending.breaksWith);
      });
    stop();
    controller.close();
    return undefined;
  };

  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (!signal) return;
      onAbort = () => {
        stop();
        controller.error(signal.reason);
      };
      signal.addEventListener("abort", onAbort, { once: true });
    },
    pull(controller) {
      if (next >= frames.length) return finish(controller);
      const waitMs = next === 0 ? 0 : dueMs - pacing.monotonicMs();
      return waitMs > 0 ? after(waitMs, () => emitDue(controller)) : emitDue(controller);
    },
    cancel: stop,
  });
}
