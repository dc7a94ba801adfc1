// The end of something before its time, as a call has it thousands of times a second: like AbortController, at a tenth of its
// cost (docs/decisions/0014). One listener, because there is one thing at a time to be ended.

export interface Cancellation {
  readonly isCancelled: boolean;
  readonly reason: unknown;
  /** The first reason counts. */
  cancel(reason: unknown): void;
  /** Told once, when it comes. */
  onCancel: ((reason: unknown) => void) | undefined;
}

export function createCancellation(): Cancellation {
  const cancellation = {
    isCancelled: false,
    reason: undefined as unknown,
    onCancel: undefined as Cancellation["onCancel"],
    cancel(reason: unknown): void {
      if (cancellation.isCancelled) return;
      cancellation.isCancelled = true;
      cancellation.reason = reason;
      cancellation.onCancel?.(reason);
      cancellation.onCancel = undefined;
    },
  };
  return cancellation;
}

/** For what knows AbortSignal only. It takes the listener's place. */
export function signalOf(cancellation: Cancellation): AbortSignal {
  const controller = new AbortController();
  if (cancellation.isCancelled) controller.abort(cancellation.reason);
  else cancellation.onCancel = (reason) => controller.abort(reason);
  return controller.signal;
}
