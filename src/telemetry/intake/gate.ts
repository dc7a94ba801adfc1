// How much telemetry is in the house at once. Whoever is turned away is told to come again: OTLP's exporters do.
import { telemetryErrors } from "../errors.ts";

export interface Stay {
  /** It has become larger: it was unpacked. Throws `telemetry.queue_full`. */
  growTo(bytes: number): void;
  leave(): void;
}

export interface IntakeGate {
  /** Throws `telemetry.queue_full`. Each stay is left once. */
  enter(bytes: number): Stay;
  /** What is inside. */
  state(): { requests: number; bytes: number };
}

const RETRY_AFTER_MS = 1000;

export function createIntakeGate({ requestsMax, bytesMax }: { requestsMax: number; bytesMax: number }): IntakeGate {
  let requests = 0;
  let bytes = 0;

  function take(more: number, own: number): void {
    // One request alone is within its own bound, and gets in even where that is the larger of the two.
    if (bytes + more > bytesMax && bytes > own)
      throw telemetryErrors.queue_full({ max: bytesMax, unit: "bytes", retryAfterMs: RETRY_AFTER_MS });
    bytes += more;
  }

  return {
    enter(first) {
      if (requests >= requestsMax)
        throw telemetryErrors.queue_full({ max: requestsMax, unit: "requests", retryAfterMs: RETRY_AFTER_MS });
      take(first, 0);
      requests += 1;
      let own = first;
      return {
        growTo(size) {
          if (size <= own) return;
          take(size - own, own);
          own = size;
        },
        leave() {
          requests -= 1;
          bytes -= own;
        },
      };
    },
    state: () => ({ requests, bytes }),
  };
}
