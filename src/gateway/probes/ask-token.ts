// One target asked for an answer of a few tokens, as a call like any other: admitted, held under the organisation's budget,
// recorded, paid for, and what it shows of the target learnt from it.
import { isAppError, type World } from "../../kernel/index.ts";
import { checkRequest, type Target } from "../../providers/index.ts";
import type { IncomingCall } from "../incoming-call.ts";
import type { Health } from "../health/health.ts";
import { type Verdict, verdictOf } from "../health/verdict.ts";
import { prober, probing } from "./who-probes.ts";

export interface TokenDeps {
  world: World;
  health: Health;
  /** Serves one call, as the gateway does. */
  complete(incoming: IncomingCall): Promise<unknown>;
}

/** Some vendors answer with no fewer. */
const TOKENS = 16;

/** Never throws. */
export async function askToken(target: Target, signal: AbortSignal, deps: TokenDeps): Promise<Verdict> {
  const body = { model: target.id, max_tokens: TOKENS, messages: [{ role: "user", content: "Say yes." }] };
  deps.health.endRest(target);
  try {
    await deps.complete({
      principal: prober,
      request: checkRequest("openai-chat", { text: JSON.stringify(body), body, headers: new Headers() }),
      isStrict: false,
      signal,
      priority: "low",
      startedMs: deps.world.monotonicMs(),
      cacheHeader: "no-store",
      trace: { traceId: undefined, parentSpanId: undefined, session: null, user: null, tags: probing.tags },
    });
    return "answered";
  } catch (error) {
    return isAppError(error) ? verdictOf(error) : "nothing";
  }
}
