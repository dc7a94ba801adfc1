// All of an answer at once, also of one that comes as a stream.
import { providersErrors, type WrittenAnswer } from "../../../providers/index.ts";
import type { RunningAttempt } from "../../attempt.ts";

export interface WholeRunning extends RunningAttempt {
  whole: WrittenAnswer;
}

/** What the stream throws, and `providers.vendor_garbage` for one that is too long; then the vendor is told to stop. */
export async function readWhole(running: RunningAttempt, bytesMax: number): Promise<WholeRunning> {
  const { answer, watch, log } = running;
  if (answer.kind === "whole") {
    watch.stop();
    return { ...running, whole: { mediaType: answer.mediaType, content: answer.text } };
  }
  const { body, mediaType } = answer;
  const pieces = [running.first];
  let size = running.first.length;
  try {
    while (!body.meter.isComplete) {
      const bytes = await body.next();
      if (bytes === null) break;
      watch.progress();
      pieces.push(bytes);
      size += bytes.length;
      if (size > bytesMax)
        throw providersErrors.vendor_garbage({
          target: log.target,
          detail: `its answer is longer than ${bytesMax} bytes`,
        });
    }
  } catch (error) {
    body.cancel();
    throw error;
  }
  watch.stop();
  const first = Buffer.concat(pieces);
  return { ...running, first, whole: { mediaType, content: first } };
}
