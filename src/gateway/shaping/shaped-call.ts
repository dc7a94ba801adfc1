// A call as shaping leaves it.
import type { CallRecord } from "../../ledger/contract.ts";
import type { Dropped } from "../../providers/index.ts";
import type { CallGuard } from "../../guardrails/index.ts";
import type { IncomingCall } from "../incoming-call.ts";
import type { AnswerCheck } from "./validation/answer-check.ts";

export interface ShapedCall extends IncomingCall {
  /** Undefined for a call that asks for none of it. */
  shaped?: Shaped | undefined;
  /** What policies demanded of it and holds, a person's approval too; left out where guardrails alone keep it. */
  kept?: readonly string[] | undefined;
  /** Undefined where no guardrail applies. */
  guard?: CallGuard | undefined;
}

export interface Shaped {
  /** What of the request was not heeded. */
  dropped: readonly Dropped[];
  prompt?: CallRecord["prompt"];
  compression?: CallRecord["compression"];
  /** How the answer is checked before it is given. */
  check: AnswerCheck | undefined;
}
