// The latest records of this process with their bodies, as long as memory and journal have them.
import type { CallRecord } from "../contract.ts";
import type { Journal } from "../journal/journal.ts";
import type { Frame } from "../journal/frame.ts";
import { hashBody } from "../projector/batch.ts";
import { type BodySealer, placeOf, type Side } from "../sealing.ts";
import type { CallBodies } from "../store/reading.ts";
import type { RecentRecord, RecentRecords } from "./recent-records.ts";

interface HeldHereDeps {
  journal: Journal;
  recent: RecentRecords;
  sealer?: BodySealer | undefined;
}

export interface HeldHere {
  /** `isWhole` is false when its bodies are out of reach, so that it lacks their hashes. */
  find(id: string): { record: CallRecord; isWhole: boolean } | undefined;
  bodies(id: string): CallBodies | undefined;
}

export function createHeldHere({ journal, recent, sealer }: HeldHereDeps): HeldHere {
  /** While its segment is there, and the keys of those that are sealed are at hand. */
  function bodiesOf({ at, record }: RecentRecord): CallBodies | undefined {
    const frame = at && journal.readAt(at);
    const [request, response] = [openedOf(frame, record, "request"), openedOf(frame, record, "response")];
    return request === undefined || response === undefined ? undefined : { request, response };
  }

  function openedOf(frame: Frame | undefined, { id }: CallRecord, side: Side): Uint8Array | null | undefined {
    const bytes = frame && storedBody(frame[side]);
    if (!sealer || !bytes) return bytes;
    const opened = sealer.open(bytes, placeOf(id, side));
    return opened instanceof Promise ? undefined : (opened ?? null);
  }

  /** Adds the hashes of the bodies: the call had no time for them. False when the bodies are out of reach. */
  function hashBodies(held: RecentRecord): boolean {
    const { request, response } = held.record.bodies;
    const refs = [request, response].filter((ref) => ref !== null && ref.stored_bytes > 0 && ref.hash === "");
    const bodies = refs.length > 0 ? bodiesOf(held) : undefined;
    if (request && bodies?.request) request.hash = hashBody(bodies.request).toString("hex");
    if (response && bodies?.response) response.hash = hashBody(bodies.response).toString("hex");
    return refs.every((ref) => ref?.hash !== "");
  }

  return {
    find(id) {
      const held = recent.findId(id);
      return held && { isWhole: hashBodies(held), record: held.record };
    },
    bodies(id) {
      const held = recent.findId(id);
      return held && bodiesOf(held);
    },
  };
}

function storedBody(bytes: Uint8Array): Uint8Array | null {
  return bytes.length === 0 ? null : bytes;
}
