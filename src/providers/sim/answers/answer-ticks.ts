// A planned answer as canonical events, grouped by when they leave: the start, then one token of every choice at a time.
import type { ChatEvent } from "../../contract.ts";
import type { PlannedAnswer, PlannedChoice } from "./plan-answer.ts";

export interface AnswerHead {
  id: string;
  model: string;
  created_s: number;
}

/** First tick: the start alone. Last tick: also finish reasons, usage and the end. There are always two at least. */
export function ticksOfAnswer(plan: PlannedAnswer, head: AnswerHead): ChatEvent[][] {
  const ticks: ChatEvent[][] = [[{ type: "start", ...head, extra: { system_fingerprint: "binnacle-sim" } }]];
  for (const [choice, planned] of plan.choices.entries()) {
    let at = 1;
    const emit = (...events: ChatEvent[]): void => {
      (ticks[at] ??= []).push(...events);
      at += 1;
    };
    emitChoice(planned, choice, emit);
    const last = (ticks[Math.max(at - 1, 1)] ??= []);
    last.push({ type: "finish", choice, reason: planned.finish, raw_reason: planned.finish });
  }
  ticks.at(-1)?.push({ type: "usage", usage: plan.usage }, { type: "end" });
  return ticks;
}

function emitChoice(planned: PlannedChoice, choice: number, emit: (...events: ChatEvent[]) => void): void {
  for (const text of planned.reasoning) emit({ type: "reasoning", choice, text });
  for (const text of planned.text) emit({ type: "text", choice, text });
  for (const [index, { id, name, arguments: tokens }] of planned.calls.entries())
    for (const [at, text] of tokens.entries()) {
      const token: ChatEvent = { type: "tool_call_arguments", choice, index, text };
      if (at === 0) emit({ type: "tool_call_start", choice, index, id, name }, token);
      else emit(token);
    }
}
