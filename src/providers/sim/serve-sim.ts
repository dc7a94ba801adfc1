// The simulator over real HTTP, for tests, drills and benchmarks. It comes as near to each fault as a listening server can:
// a refused connection is one that is reset before an answer begins.
import { createWorld, type World } from "../../kernel/index.ts";
import type { SimConfig } from "./sim-config.ts";
import { createSim } from "./sim.ts";

export interface SimServer {
  /** The base URL that clients want, with `/v1`. */
  url: string;
  /** Stops listening and breaks what is still open. */
  close(): Promise<void>;
}

export interface SimServerOptions {
  /** 0 takes a free one. */
  port: number;
  world?: Pick<World, "nowMs" | "monotonicMs" | "random">;
  requestBytesMax?: number;
  /** Sees each request first; what it answers is the answer. */
  onRequest?: (request: Request) => Response | undefined;
}

/** Listens on 127.0.0.1 from the moment it returns. */
export function serveSim(config: SimConfig, options: SimServerOptions): SimServer {
  // Bun prints what a stream errors with, unless that is undefined; either way it resets the connection.
  const sim = createSim(config, { world: options.world ?? createWorld(), cutReason: () => undefined });
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: options.port,
    // Stalls and long waits are the point: the connection stays until the client goes.
    idleTimeout: 0,
    maxRequestBodySize: options.requestBytesMax ?? 64 * 1024 * 1024,
    async fetch(request) {
      const early = options.onRequest?.(request);
      if (early) return early;
      const { method, signal } = request;
      const body = method === "POST" ? await request.text() : null;
      return sim.fetch(request.url, { method, body, signal }).catch((error: unknown) => {
        if (isRefusal(error) || signal.aborted) return resetConnection();
        throw error;
      });
    },
  });
  return { url: `http://127.0.0.1:${server.port}/v1`, close: () => server.stop(true) };
}

function isRefusal(error: unknown): boolean {
  return error instanceof TypeError && "code" in error && error.code === "ECONNREFUSED";
}

/** A body that fails before its first byte: Bun closes the connection without sending so much as a status. */
function resetConnection(): Response {
  return new Response(new ReadableStream({ start: (controller) => controller.error(undefined) }));
}
