// What is known of a target from the calls that it had, as far as routing needs it. health.ts keeps it, routing/ reads it.

export interface TargetState {
  /** `open`: it failed too often and rests; `half_open`: one call may try whether it is back. */
  breaker: "closed" | "open" | "half_open";
  /** Attempts under way in this process. */
  inFlight: number;
  /** Milliseconds to the first token, recent calls weighing more and slow ones at once; null without any. */
  firstTokenMs: number | null;
  /** Milliseconds a token of output after the first; null without any. */
  perTokenMs: number | null;
  /** Failed attempts in all recent ones, 0 to 1. */
  failureShare: number;
  /** Whether it has a credential that does not rest. */
  hasReadyCredential: boolean;
}

export const untried: TargetState = {
  breaker: "closed",
  inFlight: 0,
  firstTokenMs: null,
  perTokenMs: null,
  failureShare: 0,
  hasReadyCredential: true,
};
