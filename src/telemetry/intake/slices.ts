// A request's records, one after another, in slices: each is written to the journal before the next begins, and between them
// others have their turn.
import type { World } from "../../kernel/index.ts";
import type { NewSpan } from "../../ledger/index.ts";
import type { Outcome } from "../wire/answers.ts";
import type { RecordGroup } from "../wire/open-export.ts";
import type { Append, Understood } from "./reading.ts";
import { createRejections } from "./rejections.ts";
import type { Turns } from "./turns.ts";

/** How long a slice keeps the processor from everybody else; to write it to the journal takes half as long again. */
const SLICE_MS = 0.3;
/** On a machine that others keep busy, the time may pass without us: so many are taken in whatever the clock says. */
const SLICE_RECORDS_MIN = 16;

export interface SliceDeps {
  world: Pick<World, "monotonicMs">;
  turns: Turns;
  append: Append;
}

/** `read` gives a record, or says why there is none. Throws what `append` throws. */
export async function takeInSlices<Wire>(
  groups: readonly RecordGroup<Wire>[],
  read: (group: RecordGroup<Wire>, index: number) => Understood | string,
  { world, turns, append }: SliceDeps,
): Promise<Outcome> {
  const rejections = createRejections();
  let slice: NewSpan[] = [];
  let sent = 0;
  let endsAtMs = -Infinity;
  /** Read in this slice, rejected ones too. */
  let taken = SLICE_RECORDS_MIN;

  function flush(): void {
    if (slice.length > 0) append(slice);
    rejections.accept(sent);
    slice = [];
    sent = 0;
  }

  for (const group of groups)
    for (let index = 0; index < group.count; index += 1) {
      if (taken >= SLICE_RECORDS_MIN && world.monotonicMs() >= endsAtMs) {
        flush();
        await turns.next();
        endsAtMs = world.monotonicMs() + SLICE_MS;
        taken = 0;
      }
      taken += 1;
      const found = read(group, index);
      if (typeof found === "string") rejections.reject(found);
      else {
        slice.push(found, ...(found.scores ?? []));
        sent += 1;
      }
    }
  flush();
  return rejections.outcome();
}
