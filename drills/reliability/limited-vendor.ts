// A vendor with a limit of its own: so many calls a window, or a bucket that is refilled; it tells of it in headers, or not.
// The simulator speaks for it. Counts what it takes and what it turns away.
import { createWorld } from "../../src/kernel/index.ts";
import { createSim } from "../../src/providers/sim/sim.ts";
import { simConfigSchema } from "../../src/providers/sim/sim-config.ts";
import type { DrillContext } from "../drill.ts";

export interface VendorLimit {
  kind: "bucket" | "window";
  /** Calls a second in the long run. */
  perSecond: number;
  tells: boolean;
}

export interface LimitedVendor {
  url: string;
  readonly taken: number;
  readonly turnedAway: number;
}

/** Of calls a window and of a bucket. */
export const WINDOW_S = 5;
const FAIR = { first_token_ms: 20, token_ms: 2, tokens: 10, jitter: 0.2 };

export function startLimitedVendor(limit: VendorLimit, { defer }: Pick<DrillContext, "defer">): LimitedVendor {
  const sim = createSim(simConfigSchema.parse(FAIR), { world: createWorld(), cutReason: () => undefined });
  const allowance = limit.kind === "bucket" ? createBucket(limit.perSecond) : createWindow(limit.perSecond);
  const counts = { taken: 0, turnedAway: 0 };
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      const isTaken = allowance.take(performance.now() / 1000);
      if (isTaken) counts.taken += 1;
      else counts.turnedAway += 1;
      const told = limit.tells ? allowance.headers() : {};
      if (!isTaken) return Response.json(TURNED_AWAY, { status: 429, headers: told });
      const answer = await sim.fetch(request.url, {
        method: "POST",
        body: await request.text(),
        signal: request.signal,
      });
      for (const [name, value] of Object.entries(told)) answer.headers.set(name, value);
      return answer;
    },
  });
  defer(() => server.stop(true));
  return {
    url: `http://127.0.0.1:${server.port}/v1`,
    get taken() {
      return counts.taken;
    },
    get turnedAway() {
      return counts.turnedAway;
    },
  };
}

interface Allowance {
  take(nowS: number): boolean;
  headers(): Record<string, string>;
}

function createBucket(perSecond: number): Allowance {
  const limit = perSecond * WINDOW_S;
  let [level, atS] = [limit, performance.now() / 1000];
  return {
    take(nowS) {
      level = Math.min(limit, level + (nowS - atS) * perSecond);
      atS = nowS;
      if (level < 1) return false;
      level -= 1;
      return true;
    },
    headers: () => headersOf(limit, level, (limit - level) / perSecond),
  };
}

function createWindow(perSecond: number): Allowance {
  const limit = perSecond * WINDOW_S;
  let [used, untilS, resetS] = [0, 0, 0];
  return {
    take(nowS) {
      if (nowS >= untilS) [used, untilS] = [0, nowS + WINDOW_S];
      resetS = untilS - nowS;
      if (used >= limit) return false;
      used += 1;
      return true;
    },
    headers: () => headersOf(limit, limit - used, resetS),
  };
}

function headersOf(limit: number, left: number, resetS: number): Record<string, string> {
  return {
    "x-ratelimit-limit-requests": String(limit),
    "x-ratelimit-remaining-requests": String(Math.floor(left)),
    "x-ratelimit-reset-requests": `${resetS.toFixed(3)}s`,
  };
}

const TURNED_AWAY = {
  error: { message: "Rate limit reached.", type: "requests", param: null, code: "rate_limit_exceeded" },
};
