// Asks targets that no caller asked lately, and those whose rest is about to end, so that it is known how they are before a caller
// pays for finding out. Each process asks for itself, because each has its own picture of its targets. Off unless configured.
import type { World } from "../../kernel/index.ts";
import type { Ledger } from "../../ledger/index.ts";
import type { Target } from "../../providers/index.ts";
import type { Health } from "../health/health.ts";
import type { IncomingCall } from "../incoming-call.ts";
import { askModels } from "./ask-models.ts";
import { askToken } from "./ask-token.ts";
import type { ProbesConfig } from "./config.ts";

export interface Probes {
  start(): void;
  /** Looks whom to ask, and does. */
  round(): void;
  /** Ends what is under way; resolves when nothing is any more, within moments. */
  close(): Promise<void>;
}

export interface ProbesDeps {
  world: World;
  ledger: Ledger;
  health: Health;
  /** Those of all routes, as they are now. */
  targets(): readonly Target[];
  complete(incoming: IncomingCall): Promise<unknown>;
}

/** How often is looked whom to ask. A rest that ends within it is over for a probe: so callers seldom come first. */
const ROUND_MS = 1000;
/** Not all processes at the same moment. */
const JITTER = 0.2;

export function createProbes(config: ProbesConfig, deps: ProbesDeps): Probes {
  const { world, health } = deps;
  const closing = new AbortController();
  const underWay = new Map<string, Promise<void>>();
  /** Those that failed the last time, and are asked again soon: one failure alone shows little. */
  const suspects = new Set<string>();
  let timer: ReturnType<typeof setInterval> | undefined;

  function isDue(target: Target): boolean {
    const { breaker } = health.stateOf(target);
    if (breaker !== "closed") return health.restOf([target]) <= ROUND_MS;
    if (suspects.has(target.id)) return true;
    const jitter = 1 - JITTER + 2 * JITTER * world.random();
    return health.idleMs(target) >= config.every * jitter;
  }

  async function ask(target: Target): Promise<void> {
    const { signal } = closing;
    const timeoutMs = config.timeout;
    const verdict =
      config.ask === "models"
        ? await askModels(target, { timeoutMs, signal }, deps)
        : await askToken(target, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]), deps);
    if (verdict === "fault") suspects.add(target.id);
    else suspects.delete(target.id);
  }

  function makeRound(): void {
    for (const target of deps.targets()) {
      if (underWay.size >= config.at_once_max) return;
      if (underWay.has(target.id) || !isDue(target)) continue;
      const asking = ask(target)
        .catch((error: unknown) => world.log.warn({ err: error, target: target.id }, "a target could not be probed"))
        .finally(() => underWay.delete(target.id));
      underWay.set(target.id, asking);
    }
  }

  return {
    round: makeRound,
    start() {
      if (config.enabled) timer = setInterval(makeRound, ROUND_MS);
    },
    async close() {
      clearInterval(timer);
      closing.abort();
      await Promise.all(underWay.values());
    },
  };
}
