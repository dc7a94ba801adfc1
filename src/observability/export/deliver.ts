// One request brought to where it goes: tried again while that may help, for as long as the config says.
import { sleep, type World } from "../../kernel/index.ts";
import type { ExportConfig } from "./config.ts";
import type { Exported, Post, Posted } from "./post.ts";

type Taken = Extract<Posted, { outcome: "taken" }>;

export interface Delivering {
  /** Ends it, also while it waits. */
  signal: AbortSignal;
  /** Told of each try that was in vain and is followed by another. */
  onTrouble(why: string): void;
}

const FIRST_RETRY_MS = 500;
const RETRY_MAX_MS = 30_000;

export function createDelivery(
  { retry_for }: Pick<ExportConfig, "retry_for">,
  { world, post }: { world: Pick<World, "monotonicMs" | "random">; post: Post },
) {
  function waitBefore(tries: number, askedMs: number): number {
    const usualMs = Math.min(RETRY_MAX_MS, FIRST_RETRY_MS * 2 ** (tries - 1));
    return Math.max(askedMs, usualMs * (0.5 + world.random() / 2));
  }

  /** Never rejects. */
  return async function deliver(
    exported: Exported,
    { signal, onTrouble }: Delivering,
  ): Promise<Taken | { outcome: "dropped"; why: string }> {
    const beganMs = world.monotonicMs();
    for (let tries = 1; ; tries += 1) {
      const posted = await post(exported, signal);
      if (posted.outcome === "taken") return posted;
      const { why } = posted;
      const waitMs = posted.outcome === "later" ? waitBefore(tries, posted.afterMs) : Infinity;
      const isTooLate = world.monotonicMs() + waitMs - beganMs > retry_for;
      if (isTooLate || signal.aborted) return { outcome: "dropped", why };
      onTrouble(why);
      await sleep(waitMs, signal);
    }
  };
}
