// The book of a connection's responses: a record for each, opened when the vendor begins it, and in the journal before the
// caller hears that it is done. Reads what goes by in both directions and changes nothing in it.
import { type AppError, elapsedMs, type Frame, type World } from "../../kernel/index.ts";
import { readRealtimeEvent, readRealtimeResponse, type RealtimeEvent } from "../../providers/index.ts";
import { gatewayErrors } from "../errors.ts";
import { createHeardEvents } from "./heard-events.ts";
import { closeBroken, closeDone, type OpenResponse, type ResponseDeps } from "./close-response.ts";

export interface ResponseBook {
  fromCaller(frame: Frame): void;
  /** To be told before the caller is. Throws when the record cannot be written: then the caller must not be told. */
  fromVendor(frame: Frame): void;
  /** Whether a response was asked for or begun, and is not done. */
  isExpecting(): boolean;
  /** Closes the records of what will not be done any more. Throws when one cannot be written. */
  breakOff(error: AppError): void;
}

export interface BookLimits {
  heardBytesMax: number;
  responsesMax: number;
}

export function createResponseBook(deps: ResponseDeps & { world: World }, limits: BookLimits): ResponseBook {
  const { world, records, target } = deps;
  const heard = createHeardEvents(limits.heardBytesMax);
  const open = new Map<string, OpenResponse>();
  let asked = 0;

  function begin(id: string): OpenResponse {
    if (open.size >= limits.responsesMax)
      throw gatewayErrors.too_many_responses({ target: target.id, max: limits.responsesMax });
    const begun = { call: records.open(heard.take()), startedMs: world.monotonicMs(), firstTokenMs: null };
    open.set(id, begun);
    asked = Math.max(0, asked - 1);
    return begun;
  }

  function finish(event: RealtimeEvent): void {
    const response = readRealtimeResponse(event);
    const begun = open.get(response.id) ?? begin(response.id);
    closeDone(begun, { response, said: event["response"] }, deps);
    open.delete(response.id);
  }

  function noteFirstToken({ response_id: id }: RealtimeEvent): void {
    const begun = typeof id === "string" ? open.get(id) : undefined;
    if (begun) begun.firstTokenMs ??= elapsedMs(world, begun.startedMs);
  }

  return {
    fromCaller(frame) {
      const event = readRealtimeEvent(frame);
      heard.add(event, frame);
      if (event.type === "response.create") asked += 1;
    },
    fromVendor(frame) {
      const event = readRealtimeEvent(frame);
      if (event.type === "response.created") begin(readRealtimeResponse(event).id);
      else if (event.type === "response.done") finish(event);
      else if (event.type.endsWith(".delta")) noteFirstToken(event);
      // What was asked may have been refused; if it was something else, the response begins all the same.
      else if (event.type === "error") asked = Math.max(0, asked - 1);
    },
    isExpecting: () => open.size + asked > 0,
    breakOff(error) {
      // What was asked for may have begun at the vendor, and be on its bill.
      if (asked > 0 && open.size === 0) begin("");
      asked = 0;
      const failures: unknown[] = [];
      // Each gives back what it has reserved in the journal, also where another could not be written.
      for (const response of open.values())
        try {
          closeBroken(response, error, deps);
        } catch (thrown) {
          failures.push(thrown);
        }
      open.clear();
      if (failures.length > 0) throw failures[0];
    },
  };
}
