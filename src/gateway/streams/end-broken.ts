// The end of a stream that broke: the dialect's own error event, where there is a word for it; and of one whose text must not go on,
// first the finish that the dialect has for that.
import type { AppError } from "../../kernel/index.ts";
import {
  dialectOf,
  type DialectName,
  type FilteredAnswer,
  isEventStream,
  writeFilteredEnd,
} from "../../providers/index.ts";

export interface BrokenStream {
  mediaType: string;
  dialect: DialectName;
  /** Left out for another call's. */
  answer?: FilteredAnswer;
}

export function endBroken(
  controller: ReadableStreamDefaultController<Uint8Array>,
  error: AppError,
  { mediaType, dialect, answer }: BrokenStream,
): void {
  // In what is no events there is no word for it: then the connection breaks.
  if (!isEventStream(mediaType)) return controller.error(undefined);
  const filtered = answer && error.code.startsWith("guardrails.") ? writeFilteredEnd(dialect, answer) : undefined;
  if (filtered !== undefined) controller.enqueue(Buffer.from(filtered));
  controller.enqueue(Buffer.from(dialectOf(dialect).caller.writeStreamError(error)));
  controller.close();
}
