// A call as it comes to the cache, and what it goes away with.
import type { Plan } from "../routing/plan-shape.ts";
import type { ShapedCall } from "../shaping/shaped-call.ts";
import type { Settlement } from "../settlement/settle.ts";
import type { Followed } from "./flight/follow.ts";
import type { Turn } from "./flight/turn.ts";

export interface CachedCall {
  incoming: ShapedCall;
  plan: Plan;
  settlement: Settlement;
}

/** On record already, or once its stream ends. */
export type TakenAnswer = Followed & { ageMs?: number; similarity?: number };

/** An answer, or the turn to ask. */
export type Taken = { answer: TakenAnswer; turn?: undefined } | { answer?: undefined; turn: Turn };
