// What is remembered of a candidate while a vendor's answer comes.
import type { Extra } from "../../../contract.ts";
import { textOf } from "../../fields.ts";
import { makeCallId } from "../parts/call-ids.ts";
import type { Runs } from "../parts/server-tools.ts";

export interface CandidateState {
  choice: number;
  /** Of the answer; ids of calls without one are made from it. */
  id: string;
  calls: number;
  searches: number;
  /** Google's word for why it ended; empty until it has. */
  finish: string;
  /** Its text so far, in which citations have their place. */
  text: string;
  runs: Runs;
  /** The last thing said was a seal, onto which no other can follow. */
  isSealed: boolean;
  /** A call whose arguments come bit by bit. */
  partial: PartialCall | undefined;
  cited: string;
  fault: string | undefined;
  heldLengthMax: number;
}

export function newCandidate(place: Pick<CandidateState, "choice" | "id" | "heldLengthMax">): CandidateState {
  return {
    ...place,
    calls: 0,
    searches: 0,
    finish: "",
    text: "",
    runs: { place: `${place.id}_${place.choice}`, count: 0 },
    isSealed: false,
    partial: undefined,
    cited: "",
    fault: undefined,
  };
}

export interface PartialCall {
  id: string;
  name: string;
  args: Extra;
  length: number;
}

export function callId(call: Extra, { id, choice }: CandidateState, index: number): string {
  return textOf(call["id"]) || makeCallId(id, choice, index);
}
