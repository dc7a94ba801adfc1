// Ids of tool calls. Gemini's older versions give none: a call and its result are told apart by name and order.
import { createCallIds } from "../../call-ids.ts";

const { make, isOurs } = createCallIds("gemini_");

export const makeCallId = make;

/** Nothing for an id of our own. */
export function idForVendor(id: string): { id?: string } {
  return id === "" || isOurs(id) ? {} : { id };
}
