// The end of a stream that broke: the dialect's own error event, where there is a word for it.
import type { AppError } from "../../kernel/index.ts";
import { dialectOf, type DialectName, isEventStream } from "../../providers/index.ts";

export function endBroken(
  controller: ReadableStreamDefaultController<Uint8Array>,
  error: AppError,
  { mediaType, dialect }: { mediaType: string; dialect: DialectName },
): void {
  // In what is no events there is no word for it: then the connection breaks.
  if (!isEventStream(mediaType)) return controller.error(undefined);
  controller.enqueue(Buffer.from(dialectOf(dialect).caller.writeStreamError(error)));
  controller.close();
}
