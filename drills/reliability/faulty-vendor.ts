// A vendor on a port of its own that does well until it is told otherwise, and counts who asks. The simulator speaks for it.
import { serveSim } from "../../src/providers/sim/serve-sim.ts";
import { simConfigSchema, type SimFault } from "../../src/providers/sim/sim-config.ts";
import type { DrillContext } from "../drill.ts";

/** Probability of each fault; or every key is refused. */
export type Weather = Partial<Record<SimFault, number>> | "revoked";

export interface FaultyVendor {
  url: string;
  readonly asked: number;
  become(weather: Weather): void;
}

const FAIR = { first_token_ms: 20, token_ms: 2, tokens: 10, jitter: 0.2 };

export function startFaultyVendor({ defer }: Pick<DrillContext, "defer">): FaultyVendor {
  const config = simConfigSchema.parse(FAIR);
  let asked = 0;
  let isRevoked = false;
  const server = serveSim(config, {
    port: 0,
    onRequest() {
      asked += 1;
      return isRevoked ? Response.json(REVOKED, { status: 401 }) : undefined;
    },
  });
  defer(() => server.close());
  return {
    url: server.url,
    get asked() {
      return asked;
    },
    become(weather) {
      isRevoked = weather === "revoked";
      // The simulator looks at these with each call.
      config.errors = simConfigSchema.parse({ errors: weather === "revoked" ? {} : weather }).errors;
    },
  };
}

const REVOKED = {
  error: {
    message: "Incorrect API key provided.",
    type: "invalid_request_error",
    param: null,
    code: "invalid_api_key",
  },
};
