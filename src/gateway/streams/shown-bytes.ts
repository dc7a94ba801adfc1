// A stream's bytes as they may be shown: those of its source or, where guardrails look at them, what these let through.
import type { GuardedStream } from "../../guardrails/index.ts";
import type { AnswerSource } from "./answer-source.ts";

const NOTHING = new Uint8Array();

/** Null at the end. Throws why there are no more. */
export async function nextShown(source: AnswerSource, guarded: GuardedStream | undefined): Promise<Uint8Array | null> {
  if (!guarded) return source.next();
  for (;;) {
    if (guarded.refusal) throw guarded.refusal;
    const bytes = await source.next();
    const isLast = bytes === null || source.meter.isComplete;
    const shown = screenBytes(guarded, bytes, isLast);
    if (guarded.refusal) source.meter.facts.finish_reason = "content_filter";
    if (shown.length > 0) return shown;
    // What was said before it goes out first.
    if (guarded.refusal) throw guarded.refusal;
    if (isLast) return null;
    source.running.watch.progress();
  }
}

function screenBytes(guarded: GuardedStream, bytes: Uint8Array | null, isLast: boolean): Uint8Array {
  const shown = bytes === null ? NOTHING : guarded.push(bytes);
  if (!isLast) return shown;
  const rest = guarded.end();
  return shown.length === 0 ? rest : Buffer.concat([shown, rest]);
}
