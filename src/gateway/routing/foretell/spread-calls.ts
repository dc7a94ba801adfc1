// Where many calls like one would go: how a plan shares them out, found by planning them one after the other. Nobody is
// called, and nobody's turn is over; what is known of the targets stays as it is now.
import { isAppError, sleep, type World } from "../../../kernel/index.ts";
import type { Explanation } from "../../contract.ts";
import type { IncomingCall } from "../../incoming-call.ts";
import type { Planner } from "../planner.ts";
import type { Semantics } from "../semantic/semantics.ts";

export type Spread = NonNullable<Explanation["distribution"]>;
type Call = Pick<IncomingCall, "principal" | "request" | "trace" | "header">;

/** So long at a time, for the calls that are really there. */
const SLICE_MS = 2;

/** By who would be tried first. Each call is another user's and another conversation's, where the one does not say whose. */
export async function spreadCalls(
  { planner, semantics }: { planner: Pick<Planner, "rehearse">; semantics: Pick<Semantics, "prepare"> },
  { call: asked, times }: { call: Call; times: number },
  world: Pick<World, "monotonicMs">,
): Promise<Spread> {
  const plan = planner.rehearse();
  const call = (await semantics.prepare(asked.request.model, asked)) ?? asked;
  const counts = new Map<string | null, number>();
  let sliceFromMs = world.monotonicMs();
  for (let number = 1; number <= times; number += 1) {
    const first = firstOf(plan, callLike(call, number));
    counts.set(first, (counts.get(first) ?? 0) + 1);
    if (world.monotonicMs() - sliceFromMs < SLICE_MS) continue;
    await sleep(0);
    sliceFromMs = world.monotonicMs();
  }
  return [...counts]
    .map(([target, calls]) => ({ target, calls, share: calls / times }))
    .sort((one, other) => other.calls - one.calls);
}

function callLike(call: Call, number: number): Call {
  const { trace, principal } = call;
  const user = trace.user ?? principal.user ?? `user ${number}`;
  return { ...call, trace: { ...trace, user, session: trace.session ?? `session ${number}` } };
}

/** Null for a call that would be refused. */
function firstOf(plan: Planner["foresee"], call: Call): string | null {
  try {
    return plan(call.request.model, call).attempts[0]?.target.id ?? null;
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}
