// Ids of tool calls. Ollama's older versions give none: a result then says the tool's name, and follows its call.
import { createCallIds } from "../call-ids.ts";

const { make, isOurs } = createCallIds("ollama_");

export const makeCallId = make;

/** Undefined for an id of our own, and where there is none. */
export function idForVendor(id: string | undefined): string | undefined {
  return id === undefined || id === "" || isOurs(id) ? undefined : id;
}
