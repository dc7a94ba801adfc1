// Where an answer's bytes come from: the attempt that began it and, when that breaks off and the route allows it, another one
// that goes on.
import { toAppError } from "../../kernel/index.ts";
import type { VendorStream } from "../../providers/index.ts";
import type { RunningAttempt } from "../attempt.ts";
import type { Continuing } from "../continuation/continuing.ts";

export interface AnswerSource {
  /** The attempt that answers now. */
  readonly running: RunningAttempt;
  readonly meter: VendorStream["meter"];
  /** As of a vendor's stream; the first are those up to the first content. */
  next(): Promise<Uint8Array | null>;
  /** No more is wanted. Resolves when nobody is being asked to go on any more. */
  leave(): Promise<void>;
  /** Ends the attempt. */
  cancel(): void;
}

export interface SourceOptions {
  body: VendorStream;
  mediaType: string;
  /** Undefined where the route does not allow it. */
  continuing: Continuing | undefined;
  /** All that went out; undefined where not all of it was kept. */
  said(): Uint8Array | undefined;
}

export function createAnswerSource(
  first: RunningAttempt,
  { body, mediaType, continuing, said }: SourceOptions,
): AnswerSource {
  let running = first;
  let stream = body;
  let held: Uint8Array | undefined = first.first;
  let hasLeft = false;
  let goingOn: Promise<unknown> | undefined;

  async function goOn(thrown: unknown): Promise<Uint8Array | null> {
    const bytes = hasLeft ? undefined : said();
    if (!continuing || !bytes) throw thrown;
    const { facts } = stream.meter;
    const broken = { running, facts, mediaType, said: bytes, error: toAppError(thrown), cancel: stream.cancel };
    const going = continuing.goOn(broken, () => hasLeft);
    goingOn = going;
    const gone = await going;
    goingOn = undefined;
    if (!gone) throw thrown;
    ({ running, stream } = gone);
    return next();
  }

  function next(): Promise<Uint8Array | null> {
    const bytes = held;
    held = undefined;
    if (bytes) return Promise.resolve(bytes);
    return continuing ? stream.next().catch(goOn) : stream.next();
  }

  return {
    get running() {
      return running;
    },
    get meter() {
      return stream.meter;
    },
    next,
    async leave() {
      hasLeft = true;
      await goingOn;
    },
    cancel() {
      running.watch.stop();
      stream.cancel();
    },
  };
}
