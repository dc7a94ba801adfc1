// Argon2id, a few at once and a bounded number waiting: each takes memory and a core, and strangers may ask for it.
import { identityErrors } from "../errors.ts";
import type { PasswordsConfig } from "./config.ts";

export interface Hasher {
  /** Both throw `identity.busy`. */
  hash(password: string): Promise<string>;
  verify(password: string, hash: string): Promise<boolean>;
}

type Bounds = Pick<PasswordsConfig, "memory_kib" | "passes" | "hashes_at_once_max" | "hashes_waiting_max">;

const RETRY_AFTER_MS = 2000;

export function createHasher(config: Bounds): Hasher {
  const takeTurn = createTurns(config.hashes_at_once_max, config.hashes_waiting_max);
  return {
    hash: (password) =>
      takeTurn(() =>
        Bun.password.hash(password, { algorithm: "argon2id", memoryCost: config.memory_kib, timeCost: config.passes }),
      ),
    verify: (password, hash) => takeTurn(() => Bun.password.verify(password, hash)),
  };
}

function createTurns(atOnce: number, waitingMax: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let busy = 0;
  return async (work) => {
    if (busy >= atOnce) {
      if (waiting.length >= waitingMax) throw identityErrors.busy({ retryAfterMs: RETRY_AFTER_MS });
      // Whoever goes hands the place on, so it is not free in between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else busy += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    }
  };
}
